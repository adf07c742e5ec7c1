"""One target for each family of parsers and for what prints: bytes in, nothing out, AssertionError when a promise is broken.

Beyond "no exception" each target holds the code to what its docstring promises.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fuzz import seeds
from plegma.engine.diagnoses import diagnose
from plegma.evidence import secrets
from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.lines import decode, split
from plegma.evidence.parse.log_lines import line_event
from plegma.evidence.parse.objects import parse_objects
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read import Limits, long_logs, packs, read_evidence
from plegma.knowledge.catalog import Catalog, build, builtin
from plegma.knowledge.failure_mode import FailureMode, Signature
from plegma.model.observations import ATTRS, State
from plegma.model.texts import Text
from plegma.report.escapes import visible
from plegma.report.markdown import to_markdown
from plegma.report.outlines import Line, outline
from plegma.report.terminal import to_text

PRELOADED = (long_logs, packs)
"""Modules that plegma loads when first needed: loaded here so that they are instrumented too."""
_SMALL = Limits(members=200, total=32 << 20, member=8 << 20, ratio_from=1 << 20, whole=2048, largest_whole=1 << 20, nested_zip=1 << 20)
_PRINTED_BY_CONTROL = frozenset(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066]))


@dataclass(frozen=True)
class Target:
    """`call` is what is fuzzed, `longest` the greatest input in bytes."""

    call: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    longest: int


def text(data: bytes) -> None:
    """Together the parts hold every line once, and no observation sets what the model does not list."""
    parts = parse_text("a/kubelet.log", data)
    assert sum(part.lines for part in parts) == len(split(decode(data))), "lines lost or counted twice"
    _check_parts(parts)


def _check_parts(parts: tuple[Parsed, ...]) -> None:
    for part in parts:
        assert 0 <= part.blank + part.understood <= part.lines, f"{part.kind}: counts more lines than there are"
        for seen in part.observations:
            assert part.first_line <= seen.origin.line < part.first_line + max(part.lines, 1), f"{part.kind}: leads to a line elsewhere"
            if isinstance(seen, State):
                assert not set(seen.attrs) - set(ATTRS[seen.kind]), f"{seen.kind}: unknown attributes"


def line(data: bytes) -> None:
    """One line gives one event, or nothing when it is blank."""
    raw = data.decode("utf-8", "replace")
    event = line_event(raw, 1, "messages", "", {})
    assert event is None or event.count >= 1, "an event that never happened"


def json_objects(data: bytes) -> None:
    """Objects in braces."""
    _check_parts(parse_objects("pods.json", b"{" + data) or ())
    _check_parts(parse_objects("pods.json", data) or ())


def yaml_objects(data: bytes) -> None:
    """Objects in YAML, with the first line that makes a text YAML."""
    _check_parts(parse_objects("pods.yaml", data) or ())
    _check_parts(parse_objects("pods.yaml", b"kind: Pod\n" + data) or ())


@cache
def _folder() -> Path:
    """A folder of its own in memory where there is one, gone when the run ends."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="plegma-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def archive(data: bytes) -> None:
    """Whatever the file is, it is read or named, and nothing is written beside it."""
    path = _folder() / "evidence.bin"
    path.write_bytes(data)
    read_evidence([str(path)], _SMALL, catalog=_tiny())
    assert [p.name for p in _folder().iterdir()] == ["evidence.bin"], "something was written"


@cache
def _tiny() -> Catalog:
    """Enough patterns for the scanner of long logs."""
    nothing = Text("", "")
    mode = FailureMode("pleg-unhealthy", "kubelet", "mechanism", "Node", nothing, nothing, (Signature("PLEG is not healthy"),))
    return build([mode])


def masking(data: bytes) -> None:
    """Masking twice changes nothing more."""
    once = secrets.mask(data.decode("utf-8", "replace"))
    assert secrets.mask(once) == once, "masked differently the second time"


def report(data: bytes) -> None:
    """No control character of the evidence reaches a terminal or a ticket, and lines keep to the width."""
    raw = data.decode("utf-16-le" if data[:1] == b"\x02" else "utf-8", "replace")
    safe = visible(raw)
    assert not _PRINTED_BY_CONTROL & set(safe), "a control character is printed"
    lines = [Line(depth, style, safe) for depth, style in ((0, "bad"), (1, "item"), (2, "evidence"), (3, "command"), (1, "heading"))]  # type: ignore[arg-type]
    text_, marked = to_text(lines, 80, colour=False), to_markdown(lines)
    assert not _PRINTED_BY_CONTROL & set(text_ + marked), "a control character is printed"
    assert marked.count("\n") <= 3 * len(lines), "evidence breaks out of its line"


def diagnosis(data: bytes) -> None:
    """Any text gives a diagnosis, the same one whichever way round its parts come, and each form of it can be printed."""
    parts = parse_text("case/kubelet.log", data)
    found = diagnose(parts, builtin())
    assert found == diagnose(tuple(reversed(parts)), builtin()), "the order of parts shows in the diagnosis"
    to_text(outline(found, "ja", verbose=True), 80, colour=True)
    to_markdown(outline(found, "en", verbose=True))


TARGETS: Mapping[str, Target] = {
    "text": Target(text, seeds.texts, 4096),
    "line": Target(line, seeds.lines, 1024),
    "json": Target(json_objects, seeds.json_objects, 4096),
    "yaml": Target(yaml_objects, seeds.yaml_objects, 2048),
    "archive": Target(archive, seeds.archives, 16384),
    "masking": Target(masking, seeds.secrets, 1024),
    "report": Target(report, seeds.lines, 512),
    "diagnosis": Target(diagnosis, seeds.texts, 4096),
}
