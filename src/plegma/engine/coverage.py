"""Symptoms that say the same of one entity: the more telling one stands for both."""

from collections.abc import Sequence

from plegma.engine.matches import Match

_COVERED_BY = {
    "container-restarting": ("crash-loop-back-off",),
    "pod-not-ready": ("crash-loop-back-off", "container-restarting", "image-pull-back-off", "pod-stuck-creating"),
    "pod-pending": ("pod-stuck-creating",),
}
_COVERING = frozenset(mode for modes in _COVERED_BY.values() for mode in modes)


def without_covered(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches without those that a more telling symptom of the same entity covers."""
    seen = {(m.mode.id, m.key) for m in matches if m.mode.id in _COVERING}
    return tuple(m for m in matches if m.mode.id not in _COVERED_BY or not any((b, m.key) in seen for b in _COVERED_BY[m.mode.id]))
