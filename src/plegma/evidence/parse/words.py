"""Sets of words, written as one text: how the formats' tables of names stay readable."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text that are set apart by spaces or line ends; "|" sets apart words that hold spaces."""
    return frozenset(word.strip() for word in text.split("|")) if "|" in text else frozenset(text.split())
