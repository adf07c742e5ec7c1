"""Failure modes found by what a person remembers of them: the id however spelled, or words of the title."""

import re
from difflib import get_close_matches

from plegma.knowledge.catalog import Catalog
from plegma.knowledge.failure_mode import FailureMode
from plegma.knowledge.spellings import MODE_SPELLINGS

MOST = 12
_UNLIKE = 0.6


def mode_called(words: str, catalog: Catalog) -> str | None:
    """The id of the mode that is meant; case, spaces, hyphens and underscores do not matter."""
    spelled = {_key(word): mode for word, mode in MODE_SPELLINGS.items() if mode in catalog}
    return {**spelled, **{_key(mode.id): mode.id for mode in catalog}}.get(_key(words))


def modes_like(words: str, catalog: Catalog) -> tuple[str, ...]:
    """Ids of modes that have all the words in their id or title (in either language), causes first; else those spelled alike."""
    wanted = [part for part in re.split(r"[\s_-]+", words.lower()) if part]
    key = _key(words)
    found = [mode for mode in catalog if wanted and (all(part in _text(mode) for part in wanted) or key in _key(mode.id + mode.title.en))]
    ids = [mode.id for mode in sorted(found, key=lambda mode: (mode.role != "cause", mode.id))]
    alike = get_close_matches("-".join(wanted), [mode.id for mode in catalog], MOST, _UNLIKE) if not ids else []
    return tuple([*ids, *alike][:MOST])


def _text(mode: FailureMode) -> str:
    return f"{mode.id} {mode.title.en} {mode.title.ja}".lower()


def _key(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()
