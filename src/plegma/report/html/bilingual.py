"""Both languages side by side in one page: the style shows the one that `<html lang>` names."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from plegma.model.texts import Text
from plegma.report.escapes import visible


def both(text: Text) -> Markup:
    """The text in both languages, escaped; once only where they are the same."""
    en, ja = visible(text.en), visible(text.ja)
    if en == ja:
        return escape(en)
    return Markup('<span class="en" lang="en">{}</span><span class="ja" lang="ja">{}</span>').format(en, ja)


def with_values(text: Text, *values: object) -> Text:
    """The text with its {0}, {1} ... filled in both languages; a value that is a Text gives each its own."""
    en = text.en.format(*(v.en if isinstance(v, Text) else v for v in values))
    return Text(en, text.ja.format(*(v.ja if isinstance(v, Text) else v for v in values)))


def joined(texts: Iterable[Text], en: str = "; ", ja: str = "、") -> Text:
    """Several texts as one."""
    found = list(texts)
    return Text(en.join(t.en for t in found), ja.join(t.ja for t in found))


def same(text: str) -> Text:
    """A name or a number that reads the same in both languages."""
    return Text(text, text)
