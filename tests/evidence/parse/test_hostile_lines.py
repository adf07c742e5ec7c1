"""Deep, endless and repeated: no line breaks a parser, and none takes more than its length allows."""

from time import process_time

import pytest

from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.log_lines import line_event
from plegma.evidence.parse.objects import parse_objects
from plegma.evidence.secrets import mask

_SECONDS = 3.0
"""Far beyond what linear work on so few bytes takes, far below what the square of their number would."""
HOSTILE = {
    "deep objects": '{"a":' * 20_000,
    "deep arrays": "[" * 60_000,
    "a deep value in a JSON log": '{"msg":"x","a":' + "[" * 50_000 + "]" * 50_000 + "}",
    "many JSON records on one line": '{"msg":"x"}' * 5_000,
    "many journal records on one line": "Mar 02 08:21:40 wk-7 kubelet[1]: boom " * 1_600,
    "repeats of repeats": "message repeated 3 times: [" * 2_000,
    "a cut string of escaped quotes": '{"log":"' + '{\\"log\\":\\"' * 3_000,
    "spaces": "a" + " " * 60_000 + "b",
    "gaps of a header": "NAME   READY" + "   (X" * 9_000 + "x",
    "digits": "nad39" + "6" * 60_000,
    "a long word": "Reason: C_fluentd-k7w2m_logging_5be1c7d2-9f" + "f" * 60_000,
    "words and dashes": "sandbox a_" + "a-" * 30_000,
    "quotes": '"' * 60_000,
    "backslashes": "\\" * 60_000,
    "prompts": "$ " * 30_000,
    "brackets": "(" * 60_000,
    "keys": "password=" * 6_000,
    "addresses": "http://a:b" * 6_000,
    "heads of keys": "-----BEGIN RSA PRIVATE KEY-----" * 1_900,
    "flow lists": "kind: Pod\nx: " + "[" * 30_000,
    "nested lists": "kind: Pod\n" + "- " * 30_000,
}
each = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


@each
def test_a_whole_text_of_it_is_read(text: str) -> None:
    begun = process_time()
    parts = parse_text("pasted.txt", text.encode())
    assert sum(part.lines for part in parts) == text.count("\n") + 1
    assert process_time() - begun < _SECONDS


@each
def test_a_line_of_a_long_log_of_it_is_read(text: str) -> None:
    begun = process_time()
    assert line_event(text, 1, "kubelet.log", "kubelet", {}) is not None
    assert process_time() - begun < _SECONDS


@each
def test_as_objects_it_is_read_or_refused(text: str) -> None:
    begun = process_time()
    parse_objects("pods.json", text.encode())
    assert process_time() - begun < _SECONDS


@each
def test_its_secrets_are_masked(text: str) -> None:
    begun = process_time()
    assert mask(mask(text)) == mask(text)
    assert process_time() - begun < _SECONDS


def test_records_on_one_line_are_all_read() -> None:
    line = "".join(f"Mar 02 08:21:{n % 60:02} wk-7 kubelet[1]: boom {n} " for n in range(1_200))
    (part,) = parse_text("messages", line.encode())
    assert len(part.observations) == 1_200
