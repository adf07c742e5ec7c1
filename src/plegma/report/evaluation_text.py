"""An evaluation as text: the shares, the tables, the cases still wrong, and what changed."""

from collections.abc import Iterator
from typing import Any


def evaluation_lines(result: dict[str, Any], old: dict[str, Any] | None = None) -> Iterator[str]:
    """Lines for the terminal; `result` and `old` are of the shape of `plegma eval -o json`."""
    cases = result["cases"]
    yield f"cases              {len(cases):>6}"
    for key, word in (("top1", "top-1"), ("top3", "top-3"), ("abstained", "abstained"), ("confidently_wrong", "confidently wrong")):
        was = f"   (was {old[key]:.1%})" if old else ""
        yield f"{word:<18} {result[key]:>6.1%}{was}"
    if cases:
        times = sorted(c["seconds"] for c in cases)
        yield f"{'seconds per case':<18} {times[len(times) // 2]:>6.3f} median, {times[-1]:.3f} at most"
    yield from ("", "confidence    used  right")
    yield from (f"{row['confidence']:<12} {row['used']:>5} {row['right']:>6.1%}" for row in result["calibration"])
    yield from _table("layer", result["by_layer"])
    yield from _table("class", [row for row in result["by_class"] if row["top1"] < 1])
    yield from _wrong(cases)
    if old:
        yield from _changes(cases, old["cases"])
    yield from (f"unreadable: {item}" for item in result["unreadable"])


def _table(key: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    if rows:
        yield from ("", f"{key:<42} cases  top-1  top-3")
        yield from (f"{row[key]:<42} {row['cases']:>5} {row['top1']:>6.1%} {row['top3']:>6.1%}" for row in rows)


def _wrong(cases: list[dict[str, Any]]) -> Iterator[str]:
    wrong = [c for c in cases if not c["top1"]]
    if wrong:
        yield from ("", "not right at first:")
    for case in wrong:
        said = ", ".join(f"{c} ({w})" for c, w in zip(case["causes"][:3], case["confidences"][:3], strict=False)) or case["verdict"]
        yield f"  {case['case']}: is {case['truth']}; said {said}"


def _changes(cases: list[dict[str, Any]], old: list[dict[str, Any]]) -> Iterator[str]:
    before = {c["case"]: c for c in old}
    for case in cases:
        was = before.get(case["case"])
        if was is not None and was["top1"] != case["top1"]:
            yield f"  {'better' if case['top1'] else 'WORSE'}: {case['case']} ({was['causes'][:1]} -> {case['causes'][:1]})"
