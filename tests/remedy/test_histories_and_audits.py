"""What is kept on disk: deeds, and the audit log."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plegma.remedy.audits import Audit
from plegma.remedy.guards import Deed
from plegma.remedy.histories import BusyError, History


def test_deeds_are_there_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "state/history.json"
    with History(path) as history:
        history.add(Deed(5.0, "pod/shop/web-0", "n1"))
    with History(path) as history:
        assert history.deeds == [Deed(5.0, "pod/shop/web-0", "n1")]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_deed_is_on_disk_before_the_run_ends(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    with History(path) as history:
        history.add(Deed(5.0, "a", ""))
        assert json.loads(path.read_text()) == [{"at": 5.0, "what": "a", "node": ""}]


def test_two_runs_cannot_hold_it_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    code = f"from plegma.remedy.histories import *\nfrom pathlib import Path\nHistory(Path({str(path)!r})).__enter__()"
    with History(path):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "BusyError" in done.stderr
    with History(path):
        pass


@pytest.mark.parametrize("text", ["{", '{"at": 1}', '[{"what": "a"}]', "[1]"])
def test_a_file_that_holds_something_else_is_an_error_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="no history of plegma fix"), History(path):
        pass
    assert path.read_text() == text
    assert not isinstance(ValueError, BusyError)


def test_the_audit_log_is_appended_line_by_line_without_secrets(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    audit = Audit(path, lambda: "2026-01-02T03:04:05+00:00")
    audit.write("act", object="pod/shop/web-0")
    audit.write("acted", said="Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2ln")
    first, second = map(json.loads, path.read_text().splitlines())
    assert (first["time"], first["event"], first["object"], first["pid"]) == (
        "2026-01-02T03:04:05+00:00",
        "act",
        "pod/shop/web-0",
        os.getpid(),
    )
    assert "eyJzdWIi" not in second["said"]
    audit.write("refused", why=["apiVersion: v1\nkind: Secret\ndata:\n  key: Zm9vYmFyYmF6cXV4\n\x9b2J"])
    third = path.read_text().splitlines()[2]
    assert "Zm9vYmFy" not in third
    assert third.isascii()
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_down_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Audit(tmp_path / "no/such/folder/x", lambda: "").write("act")
