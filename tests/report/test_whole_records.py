"""The record in JSON: what `-o json --verbose` adds keeps to the published schema."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from plegma.app.diagnosing import diagnose_paths
from plegma.report.diagnosis_v1 import schema, to_json

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")


def test_the_whole_record_keeps_to_the_schema_in_both_languages() -> None:
    whole = diagnose_paths([EXAMPLE], whole=True).diagnosis
    for lang in ("en", "ja"):
        found = json.loads(to_json(whole, "ja" if lang == "ja" else "en"))
        Draft202012Validator(schema()).validate(found)
        assert found["timeline"]["lanes"]
        assert found["lines"][0]["after"]
        assert {"kind", "bands", "ticks", "readings"} <= set(found["timeline"]["lanes"][0])


def test_without_it_the_record_is_empty() -> None:
    found = json.loads(to_json(diagnose_paths([EXAMPLE]).diagnosis, "en"))
    assert (found["timeline"], found["lines"], found["seen"]) == (None, [], [])
