"""The record of a diagnosis: what a page shows beyond the answer. Imported by those who ask for it only."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from plegma.engine.clocks import Moment
from plegma.engine.exhibits import MOST, count_of, lines_of, seen_modes
from plegma.engine.matches import Match
from plegma.engine.scenes import Scene
from plegma.engine.timelines import not_drawn, timeline_of
from plegma.engine.versions import versions_of
from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Text


def with_record(answer: Diagnosis, scene: Scene, matches: Sequence[Match], onset: Moment | None) -> Diagnosis:
    """The answer with all lines that show something, the timeline, and the versions of programs."""
    return replace(
        answer, seen=seen_modes(matches), lines=lines_of(scene, matches), timeline=timeline_of(scene, matches, onset),
        versions=versions_of(scene), left_out=tuple(_left_out(scene, matches)),
    )  # fmt: skip


def _left_out(scene: Scene, matches: Sequence[Match]) -> Iterator[Text]:
    """What a page has no room for."""
    lines = count_of(matches)
    if lines > MOST:
        yield Text(
            f"of {lines} lines that show something the list holds the first {MOST}",
            f"何かを示す行は {lines} 行あり、一覧には最初の {MOST} 行だけを載せています",
        )
    nodes, pods = not_drawn(scene, matches)
    if nodes or pods:
        yield Text(
            f"the timeline draws the nodes and pods that show most; {nodes} more nodes and {pods} more pods show something",
            f"タイムラインには最も多くを示すノードと Pod だけを描いています。ほかに {nodes} ノードと {pods} Pod が何かを示しています",
        )


def without_record(diagnosis: Diagnosis) -> Diagnosis:
    """The answer alone, as `diagnose` gives it when it is not asked for the `whole`."""
    return replace(diagnosis, seen=(), lines=(), timeline=None, versions=(), left_out=())
