"""The engine alone: many entities with ten matches each, and how its time grows with their number."""

import gc
from time import process_time

from benchmarks import crowds
from benchmarks.measuring import Bench, tell
from plegma.engine.diagnoses import diagnose
from plegma.knowledge.catalog import builtin

_CURVE = (1_000, 2_000, 5_000, 10_000)


def measure(_bench: Bench) -> None:
    """The curve, in processor time."""
    catalog = builtin()
    diagnose(crowds.said_of(50, catalog), catalog)  # compiles the patterns
    took: dict[int, float] = {}
    gc.disable()  # as the command does
    for pods in _CURVE:
        parts = crowds.said_of(pods, catalog)
        begun = process_time()
        diagnose(parts, catalog)
        took[pods] = process_time() - begun
        each = took[pods] / pods / (took[_CURVE[0]] / _CURVE[0])
        more = f"s, goal 2 for 10,000; an entity costs {each:.2f} of one among 1,000"
        tell(f"engine, {pods} entities, {10 * pods} matches", f"{took[pods]:.1f}", more)
        del parts
    gc.enable()
