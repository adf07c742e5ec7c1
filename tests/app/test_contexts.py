"""The lines around a line of the record, from a second reading."""

import io
import sys
import tarfile
from pathlib import Path

import pytest

from plegma.app.anonymising import Disguise, read_map
from plegma.app.diagnosing import diagnose_paths
from plegma.model.diagnosis import Diagnosis

OOM = "Mar  2 10:00:{:02} n1 kernel: Memory cgroup out of memory: Kill process 4242 (java) score 1990 or sacrifice child"
FILLER = "Mar  2 10:00:{:02} n1 systemd[1]: Started Session {} of user root."


def log(*, secret: str = "") -> str:
    lines = [FILLER.format(n, n) for n in range(20)]
    lines[10] = OOM.format(10)
    if secret:
        lines[12] = secret
    return "\n".join(lines) + "\n"


def around(diagnosis: Diagnosis, number: int = 11) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = next(line for line in diagnosis.lines if line.line.line == number)
    return found.before, found.after


def test_three_lines_stand_on_each_side(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text(log())
    before, after = around(diagnose_paths([str(tmp_path)], whole=True).diagnosis)
    assert before == tuple(FILLER.format(n, n) for n in (7, 8, 9))
    assert after == tuple(FILLER.format(n, n) for n in (11, 12, 13))


def test_lines_in_an_archive_have_theirs_too(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text(log())
    with tarfile.open(tmp_path / "bundle.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "messages", "node/messages")
    before, after = around(diagnose_paths([str(tmp_path / "bundle.tar.gz")], whole=True).diagnosis)
    assert len(before) == len(after) == 3


def test_standard_input_is_kept_for_the_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log().encode())))
    before, _ = around(diagnose_paths(["-"], whole=True).diagnosis)
    assert len(before) == 3


def test_a_secret_beside_a_line_is_masked(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text(log(secret="Mar  2 10:00:12 n1 app: connecting with password=hunter2hunter2"))
    _, after = around(diagnose_paths([str(tmp_path)], whole=True).diagnosis)
    assert "hunter2" not in "".join(after)
    assert "***(password)" in after[1]


def test_a_key_over_several_lines_never_shows_in_part(tmp_path: Path) -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nq83vEjRWeJCrze8S\n-----END RSA PRIVATE KEY-----"
    (tmp_path / "messages").write_text(log(secret=key))
    before, after = around(diagnose_paths([str(tmp_path)], whole=True).diagnosis)
    assert "q83vEjRWeJCrze8S" not in "".join((*before, *after))


def test_a_log_too_long_to_hold_has_them_around_its_few_lines(tmp_path: Path) -> None:
    quiet = "".join(FILLER.format(n % 60, n) + "\n" for n in range(160_000))
    (tmp_path / "messages").write_text(quiet + log() + quiet[:1000])
    before, after = around(diagnose_paths([str(tmp_path)], whole=True).diagnosis, 160_011)
    assert before == tuple(FILLER.format(n, n) for n in (7, 8, 9))
    assert len(after) == 3


def test_under_pseudonyms_no_surroundings_are_shown(tmp_path: Path) -> None:
    (tmp_path / "messages").write_text(log(secret="Mar  2 10:00:12 n1 app: asked payroll-db.corp.example for rows"))
    disguise = Disguise(read_map(tmp_path / "names.json"))
    found = diagnose_paths([str(tmp_path / "messages")], whole=True, rewrite=disguise).diagnosis
    assert found.lines
    assert not [line for line in found.lines if line.before or line.after]
