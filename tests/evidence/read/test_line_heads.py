"""A line is cut where a regular expression would cut it, whatever line came before."""

import re
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from plegma.evidence.read.line_heads import Heads, Said

STARTS = [
    "Mar 02 08:21:40 wk-7 kubelet[911]: E0302 08:21:40.123456     911 ",
    "Mar 12 18:01:00 wk-7 kubelet[912]: E0312 18:01:00.654321     912 ",
    "Mar  2 08:21:40 wk-7 kubelet[911]: W0302 08:21:40.123456     911 ",
    "Mar  2 08:21:40 wk-8 kubelet[911]: W0302 08:21:40.123456     911 ",
    "Mar 02 08:21:40 wk-7 kubelet[911]: ",
    "2026-03-02T08:21:40+0000 wk-7 kubelet[911]: I0302 08:21:40.123456     911 ",
    "E0302 08:21:40.123456     911 ",
    'time="2026-03-02T08:21:40Z" ',
    "",
]
REST = ["pod.go:1] failed", "1", " E0302 08:21:40.123456     911 x", "level=error msg=x", "wk-7 kubelet[1]: y", "9 seconds"]


def alone(line: bytes) -> Said:
    return Heads().said(line, 0, len(line))


def test_what_stands_before_the_message_is_told_from_it() -> None:
    assert alone(STARTS[0].encode() + b"x.go:1] no") == (b"wk-7 kubelet[911]: ", b"E", b"x.go:1] no")
    assert alone(STARTS[4].encode() + b"Started.") == (b"wk-7 kubelet[911]: ", b"", b"Started.")
    assert alone(b"nothing known") == (b"", b"", b"nothing known")


def test_times_and_processes_make_no_difference_and_writers_do() -> None:
    first, second = (alone(line.encode() + b"x") for line in (STARTS[0], re.sub(r"\d\.\d+", "7.000000", STARTS[0])))
    assert first == second
    assert alone(STARTS[2].encode()) != alone(STARTS[3].encode())


def test_a_line_is_cut_alike_behind_every_other_line() -> None:
    for first, second in permutations([(start + "x").encode() for start in STARTS], 2):
        heads = Heads()
        heads.said(first, 0, len(first))
        assert heads.said(second, 0, len(second)) == alone(second), (first, second)


@given(st.lists(st.tuples(st.sampled_from(STARTS), st.sampled_from(REST)), min_size=1, max_size=8))
def test_lines_of_a_block_are_cut_as_each_alone(lines: list[tuple[str, str]]) -> None:
    heads, block, at = Heads(), "\n".join(start + rest for start, rest in lines).encode(), 0
    for start, rest in lines:
        size = len(start + rest)
        assert heads.said(block, at, at + size) == alone((start + rest).encode())
        at += size + 1
