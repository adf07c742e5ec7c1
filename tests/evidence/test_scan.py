"""Both engines report every line on which a pattern matches the message, however the line wraps it."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plegma.evidence.scan import Scanner, key
from plegma.evidence.scan_patterns import relaxed
from plegma.knowledge.catalog import modules
from plegma.knowledge.literals import ignores_case, literals

ENGINES = ["", "re"]
PATTERNS = (
    r"^failed to allocate for range \d+: no IP addresses available",
    r'plugin type="(?P<plugin>[\w-]+)" failed \((?:add|delete)\)',
    r"(?i)out of memory: killed process",
    r"PLEG is not healthy: pleg was last seen active (?P<age>\S+) ago; threshold is .*$",
    r"(?:timed out|deadline exceeded) waiting for <nil>",
    r"lock [^)]* held",
    r"cannot create directory ‘[^’]+’",
)


def lines_hit(scanner: Scanner, text: str) -> list[int]:
    data = text.encode()
    spans = scanner.hits(data)
    assert all(start == 0 or data[start - 1 : start] == b"\n" for start, _ in spans)
    assert all(end == len(data) or data[end : end + 1] == b"\n" for _, end in spans)
    return [data.count(b"\n", 0, start) for start, _ in spans]


@pytest.fixture(scope="module", params=ENGINES, ids=["hyperscan", "re"])
def scanner(request: pytest.FixtureRequest) -> Scanner:
    return Scanner(PATTERNS, engine=request.param)


class TestLines:
    def test_only_the_lines_with_matches_are_reported_once_and_in_order(self, scanner: Scanner) -> None:
        text = "quiet\nx: failed to allocate for range 0: no IP addresses available in range set\nquiet\n\n"
        text += "Out Of Memory: Killed process 12, out of memory: killed process 13\n"
        text += "last one: PLEG is not healthy: pleg was last seen active 3m ago; threshold is 3m0s"
        assert lines_hit(scanner, text) == [1, 4, 5]

    def test_escaped_quotes_and_letters_do_not_hide_a_message(self, scanner: Scanner) -> None:
        message = 'rpc error: plugin type="bridge" failed (add): deadline exceeded waiting for <nil>'
        wrapped = [
            message,
            f'time="2025-03-02T08:00:00Z" level=error msg={json.dumps(message)}',
            json.dumps({"level": "error", "msg": message}),
            json.dumps({"log": json.dumps({"msg": message}) + "\n"}),
            json.dumps({"msg": message}).replace("<", "\\u003c").replace(">", "\\u003e"),
        ]
        assert lines_hit(scanner, "\n".join(wrapped)) == [0, 1, 2, 3, 4]

    def test_letters_beyond_ascii_match_as_bytes_and_as_escapes(self, scanner: Scanner) -> None:
        message = "mkdir: cannot create directory ‘/run/x’: full"
        assert lines_hit(scanner, f"{message}\n{json.dumps(message)}") == [0, 1]

    def test_no_match_reaches_over_the_end_of_a_line(self) -> None:
        text = "lock taken\nnot held\n"
        assert lines_hit(Scanner(PATTERNS), text) == []

    def test_nothing_is_hit_in_nothing(self, scanner: Scanner) -> None:
        assert scanner.hits(b"") == []
        assert scanner.hits(b"\n\n\n") == []

    def test_empty_lines_are_counted(self, scanner: Scanner) -> None:
        assert [scanner.blank(text) for text in (b"", b"a\nb\n", b"a\n\nb\n", b"a\n\n\n\nb\n\n", b"\n\n")] == [0, 0, 1, 4, 1]


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "needed"),
        [
            ("no space left on device", {"no space left on device"}),
            (r"a\d+ no space (?:left|right)", {" no space "}),
            (r"(?:timed out|deadline) x", {"timed out", "deadline"}),
            (r"(?:abcdef)?ghijk", {"ghijk"}),
            (r"(?:abcdef)+", {"abcdef"}),
            (r'say "hello there"', {"hello there"}),
            (r"x(?:y|)z", None),
            (r"\w+ \d+", None),
        ],
    )
    def test_the_texts_that_a_pattern_needs(self, pattern: str, needed: set[str] | None) -> None:
        assert literals(pattern) == needed

    def test_what_a_match_need_not_end_with_is_cut_off(self) -> None:
        assert relaxed(r"failed: (?P<why>.*)$") == "failed:\\ "
        assert relaxed(r"seen (?P<age>\S+)") == r"seen\ \S"

    def test_look_around_and_references_only_widen(self) -> None:
        assert re.search(relaxed(r"a(?!b)c(?P<n>x)(?P=n)"), "acxx")

    def test_a_pattern_that_ignores_case_goes_on_doing_so(self) -> None:
        for engine in ENGINES:
            assert lines_hit(Scanner([r"(?i)^OUT of memory"], engine=engine), "x\nOut Of MEMORY") == [1]
            assert lines_hit(Scanner([r"a(?i:OUT of) memory"], engine=engine), "x\naout OF memory") == [1]

    def test_case_is_seen_inside_groups(self) -> None:
        assert ignores_case("a(?i:b)")
        assert ignores_case("(?i)a")
        assert not ignores_case("(?:a)")

    def test_the_key_follows_the_patterns_and_not_their_order(self) -> None:
        assert key(["a1", "b2"]) == key(["b2", "a1", "a1"]) != key(["a1"])


class TestKeeping:
    def test_a_dump_is_taken_up_again(self) -> None:
        dump = Scanner(PATTERNS).dump()
        assert dump
        assert lines_hit(Scanner(PATTERNS, dump), "x\nout of memory: killed process 1") == [1]

    def test_a_dump_that_is_damaged_is_made_anew(self) -> None:
        assert lines_hit(Scanner(PATTERNS, b"no database"), "x\nout of memory: killed process 1") == [1]

    def test_a_pattern_that_hyperscan_refuses_is_looked_for_by_its_texts(self) -> None:
        assert lines_hit(Scanner([*PATTERNS, r"needle in a (?:hay){1,90000}stack"]), "a\nneedle in a haystack") == [1]


def hits_of_catalog() -> Iterator[tuple[str, str]]:
    from importlib import import_module

    for name in modules():
        mode = import_module(name).MODE
        signatures = [s for s in mode.signatures if not s.reason]
        for example in mode.examples:
            if example.matches and "\n" not in example.line and any(re.search(s.pattern, example.line) for s in signatures):
                yield mode.id, example.line


@pytest.mark.parametrize("engine", ENGINES, ids=["hyperscan", "re"])
def test_every_hit_of_every_failure_mode_is_found_in_every_wrapping(engine: str) -> None:
    from importlib import import_module

    scanner = Scanner((s.pattern for name in modules() for s in import_module(name).MODE.signatures if not s.reason), engine=engine)
    for mode, line in hits_of_catalog():
        wrapped = (line, f"Mar 02 08:21:40 wk-7 x[1]: {line} ", json.dumps({"msg": line}), f"level=error msg={json.dumps(line)}")
        assert lines_hit(scanner, "\n".join(wrapped)) == [0, 1, 2, 3], (mode, line)


RANGE = "failed to allocate for range 0: no IP addresses available"


@given(st.lists(st.sampled_from([RANGE, "Out of memory: Killed process", "quiet", "lock a held", "", "\t", "é"]), max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_engines_agree_on_what_matches(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    matching = {n for n, line in enumerate(lines) if any(re.search(p, line) for p in PATTERNS)}
    for engine in ENGINES:
        found = {data.count(b"\n", 0, start) for start, _ in Scanner(PATTERNS, engine=engine).hits(data)}
        assert matching <= found
