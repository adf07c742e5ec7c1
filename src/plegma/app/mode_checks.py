"""What an operator's own modes must show before they are relied on: their examples hold, and match nobody else's lines."""

from collections.abc import Iterable, Iterator, Mapping

from plegma.app.own_knowledge import Knowledge
from plegma.engine.signatures import passes, search
from plegma.knowledge import glossary
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import Example, FailureMode
from plegma.knowledge.own_modes import Fault
from plegma.knowledge.own_records import KeyFault

_SHOWN = 120


def checked(knowledge: Knowledge) -> tuple[Fault, ...]:
    """All faults: those found in loading, those of each mode's examples, and lines that stray to modes not linked."""
    found = [Fault(knowledge.own.files[mode.id], f.key, f.text) for mode in knowledge.own.modes for f in _mode_faults(mode)]
    found += _strays(knowledge)
    return (*knowledge.faults, *found)


def _mode_faults(mode: FailureMode) -> Iterator[KeyFault]:
    yield from _examples(mode)
    yield from _rows(mode)
    yield from _unshown(mode)
    yield from _kinds(mode)
    for number, concept in enumerate(mode.concepts, 1):
        if concept not in glossary.builtin():
            yield KeyFault(f"concepts[{number}]", f"there is no concept {concept!r} (`plegma explain` lists all)")


def shows(mode: FailureMode, example: Example) -> bool:
    """Does any signature of the mode match the line?"""
    return any(
        example.count >= s.at_least and search(s, example.component, example.reason, example.line) is not None for s in mode.signatures
    )


def _examples(mode: FailureMode) -> Iterator[KeyFault]:
    for number, example in enumerate(mode.examples, 1):
        if shows(mode, example) is not example.matches:
            yield KeyFault(f"examples[{number}]", _verdict("signature", example.matches, example.line))


def _rows(mode: FailureMode) -> Iterator[KeyFault]:
    for number, row in enumerate(mode.state_examples, 1):
        if any(passes(test, row.kind, row.attrs) for test in mode.states) is not row.matches:
            yield KeyFault(f"state_examples[{number}]", _verdict("state test", row.matches, str(dict(row.attrs))))


def _verdict(rule: str, wanted: bool, text: str) -> str:
    return f"no {rule} matches it, and one should: {_cut(text)}" if wanted else f"a {rule} matches it, and none should: {_cut(text)}"


def _unshown(mode: FailureMode) -> Iterator[KeyFault]:
    hits = [e for e in mode.examples if e.matches]
    for number, s in enumerate(mode.signatures, 1):
        if not any(e.count >= s.at_least and search(s, e.component, e.reason, e.line) for e in hits):
            yield KeyFault(f"signatures[{number}]", "no example shows it: add one with matches = true")


def _kinds(mode: FailureMode) -> Iterator[KeyFault]:
    if not mode.signatures and not mode.states:
        if not mode.abductive:
            yield KeyFault("", "has no signature and no state and is not abductive: it could never be found")
        return
    shown = {e.matches for e in mode.examples} | {e.matches for e in mode.state_examples}
    for wanted in {True, False} - shown:
        yield KeyFault("examples", f"has none with matches = {str(wanted).lower()}: a mode needs a hit and a near miss")


def _strays(knowledge: Knowledge) -> Iterator[Fault]:
    """Lines of one mode that another matches although neither leads to the other or names it; one of the two is own.

    Known noise may match what it likes.
    """
    catalog, files = knowledge.catalog, knowledge.own.files
    own = [catalog[mode] for mode in files]
    for mode, other in ((a, b) for a in own for b in catalog if a.id != b.id):
        if not _related(catalog, mode.id, other.id):
            yield from _straying(mode, other, files[mode.id])


def _straying(mode: FailureMode, other: FailureMode, file: str) -> Iterator[Fault]:
    link = "link the two, or name it in asks.separates or refutes"
    for number, example in enumerate(mode.examples, 1):
        if example.matches and not other.benign and shows(other, example):
            yield Fault(file, f"examples[{number}]", f"{other.id} matches it too; {link}: {_cut(example.line)}")
    for example in other.examples:
        if example.matches and not mode.benign and shows(mode, example):
            yield Fault(file, "signatures", f"match an example of {other.id}; {link}: {_cut(example.line)}")


def _related(catalog: Catalog, a: str, b: str) -> bool:
    """Linked in either direction, over any number of steps, or named to one another as look-alikes."""
    alike = b in _look_alikes(catalog[a]) or a in _look_alikes(catalog[b])
    return alike or b in _downstream(catalog.modes, [a]) or a in _downstream(catalog.modes, [b])


def _look_alikes(mode: FailureMode) -> set[str]:
    return {other for ask in mode.asks for other in ask.separates} | {r.mode for r in mode.refutes if r.mode}


def _downstream(modes: Mapping[str, FailureMode], start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    todo = list(start)
    while todo:
        new = {link.effect for link in modes[todo.pop()].leads_to} - found
        found |= new
        todo += new
    return found


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
