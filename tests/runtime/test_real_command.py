"""`plegma lab real` (about 5 s)."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from containerds import needs_containerd
from typer.testing import CliRunner

from plegma.app.script_plays import SCRIPTS
from plegma.cli.lab import lab


def test_without_a_script_it_lists_them():
    said = CliRunner().invoke(lab, ["real"]).stdout
    assert [line.split()[0] for line in said.splitlines()] == list(SCRIPTS)


def test_an_unknown_script_is_wrong_usage():
    assert CliRunner().invoke(lab, ["real", "nothing"]).exit_code == 2


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_and_everything_that_it_started(number, code):
    needs_containerd()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "plegma.cli.main", "lab", "real", "healthy"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": folder}) as run:
            assert b" s  node  " in run.stdout.readline()
            name = next(Path(folder).iterdir()).name
            run.send_signal(number)
            assert run.wait(30) == code
        assert list(Path(folder).iterdir()) == []
        assert list(Path("/sys/fs/cgroup").glob(f"**/{name}")) == []
