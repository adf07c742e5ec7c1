"""Text in both languages that plegma speaks."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "ja"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same statement in English and in Japanese; both are required."""

    en: str
    ja: str

    def in_(self, lang: Lang) -> str:
        """The statement in one language."""
        return self.ja if lang == "ja" else self.en
