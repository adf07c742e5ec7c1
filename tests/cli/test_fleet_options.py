"""`plegma diagnose --engine`: many bundles on the command line."""

import json
from pathlib import Path

import pytest
from running import plegma

LINE = 'E0302 08:21:12.000000     911 kubelet.go:2424] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m11.7s ago; threshold is 3m0s"\n'  # noqa: E501


def test_each_entry_of_a_folder_is_a_bundle(tmp_path: Path) -> None:
    for name in ("wk-1", "wk-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kubelet.log").write_text(LINE * 3)
    found = json.loads(plegma("diagnose", "--engine", "local", "-o", "json", str(tmp_path)).out)
    assert [Path(i["artifact"]).relative_to(tmp_path).as_posix() for i in found["inputs"]] == ["wk-1/kubelet.log", "wk-2/kubelet.log"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scheduler", "tcp://x:1", "examples"), "--scheduler goes with --engine dask"),
        (("--engine", "local", "-"), "not --cluster, --this-node or standard input"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(arguments: tuple[str, ...], said: str) -> None:
    run = plegma("diagnose", *arguments)
    assert run.code == 2
    assert said in run.err


def test_an_address_that_cannot_be_read_is_named() -> None:
    run = plegma("diagnose", "nosuch://bucket/x")
    assert run.code == 3
