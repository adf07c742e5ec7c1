"""Names are hidden in a diagnosis and its lines, and the map leads back."""

import json
from pathlib import Path

import pytest

from plegma.app.anonymising import Disguise, NotAMapError, masked, read_map, write_map
from plegma.app.diagnosing import diagnose_paths
from plegma.evidence.pseudonyms import Pseudonyms
from plegma.knowledge.catalog import builtin
from plegma.report.diagnosis_v1 import to_json

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")
OOM = """\
LAST SEEN  TYPE     REASON       OBJECT     MESSAGE
2m         Warning  BackOff      pod/dns    Back-off restarting failed container dns in pod dns_shop(0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0)
"""


def test_a_diagnosis_with_pseudonyms_is_the_same_diagnosis() -> None:
    plain = diagnose_paths([EXAMPLE], rewrite=masked).diagnosis
    pseudonyms = Pseudonyms(b"key")
    hidden = diagnose_paths([EXAMPLE], rewrite=Disguise(pseudonyms)).diagnosis
    assert [(h.cause, h.confidence, h.score) for h in hidden.hypotheses] == [(h.cause, h.confidence, h.score) for h in plain.hypotheses]
    text = to_json(hidden, "ja")
    assert not [name for name in ("worker-07", "fluentd-k7w2m", "10.42.7.13") if name in text]
    assert pseudonyms.reveal(text) == to_json(plain, "ja")


def test_a_pod_named_like_a_part_of_an_id_leaves_the_ids_alone(tmp_path: Path) -> None:
    (tmp_path / "events.txt").write_text(OOM)
    hidden = diagnose_paths([str(tmp_path)], rewrite=Disguise(Pseudonyms(b"key"))).diagnosis
    modes = [h.cause for h in hidden.hypotheses] + [s.mode for s in hidden.symptoms]
    assert modes
    assert not [mode for mode in modes if mode not in builtin()]


def test_the_map_is_read_again_with_key_and_names(tmp_path: Path) -> None:
    file = tmp_path / "names.json"
    fresh = read_map(file)
    assert len(fresh.key) >= 16
    fresh.learn([{"pod": "checkout-7f9", "node": "rack4-u7"}])
    write_map(file, fresh)
    again = read_map(file)
    assert (again.key, again.originals) == (fresh.key, fresh.originals)
    assert again.hide("checkout-7f9 on rack4-u7") == fresh.hide("checkout-7f9 on rack4-u7")
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_fresh_maps_give_different_pseudonyms(tmp_path: Path) -> None:
    one, other = read_map(tmp_path / "a.json"), read_map(tmp_path / "b.json")
    for pseudonyms in (one, other):
        pseudonyms.learn([{"node": "rack4-u7"}])
    assert one.hide("rack4-u7") != other.hide("rack4-u7")


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"schema": "plegma.dev/names/v1"}), json.dumps({"schema": "else"})])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "names.json").write_text(content)
    with pytest.raises(NotAMapError):
        read_map(tmp_path / "names.json")
