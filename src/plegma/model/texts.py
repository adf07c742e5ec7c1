"""Text in both languages that plegma speaks."""

from typing import Literal

from msgspec import Struct

Lang = Literal["en", "ja"]


class Text(Struct, frozen=True):
    """The same statement in English and in Japanese; both are required."""

    en: str
    ja: str

    def in_(self, lang: Lang) -> str:
        """The statement in one language."""
        return self.ja if lang == "ja" else self.en
