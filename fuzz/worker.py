"""Runs one target under atheris: `python -m fuzz.worker TARGET [libFuzzer options] CORPUS`. Exits non-zero on a finding."""

import sys
from collections.abc import Callable
from time import process_time

import atheris

with atheris.instrument_imports(include=["plegma"]):
    from fuzz.targets import TARGETS, Target

_ALLOWED = 0.5
_ALLOWED_PER_KIB = 0.1
"""Seconds of processor time that an input may take, instrumented: at all, and for each KiB. Superlinear code breaks them."""


class TooSlowError(Exception):
    """An input took more time than its size allows."""


def bounded(target: Target) -> Callable[[bytes], None]:
    """The target, held to its time."""

    def call(data: bytes) -> None:
        begun = process_time()
        target.call(data)
        taken, allowed = process_time() - begun, _ALLOWED + _ALLOWED_PER_KIB * len(data) / 1024
        if taken > allowed:
            raise TooSlowError(f"{len(data)} bytes took {taken:.2f} s, {allowed:.2f} s are allowed")

    return call


def main() -> None:
    """Warms the target up with one seed, so that imports do not count as its time, and fuzzes it."""
    name = sys.argv.pop(1)
    target = TARGETS[name]
    target.call(next(iter(target.seeds())))
    atheris.Setup(sys.argv, bounded(target))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
