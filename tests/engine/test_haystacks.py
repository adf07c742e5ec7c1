"""Messages are found by what they hold, and none that holds it is missed."""

from hypothesis import given
from hypothesis import strategies as st

from plegma.engine.haystacks import Haystack

WORDS = st.lists(st.sampled_from(["pod", "sandbox", "x509:", "e\u0301", "\n", " ", "9", "pods"]), max_size=6).map("".join)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS.filter(bool), min_size=1, max_size=3))
def test_every_message_that_holds_one_of_the_texts_is_among_the_found(messages: list[str], texts: list[str]) -> None:
    found = Haystack(messages).holding(texts)
    assert set(found) >= {n for n, message in enumerate(messages) if any(text in message for text in texts)}
    assert list(found) == sorted(set(found))


def test_a_text_is_found_inside_of_words_and_between_them() -> None:
    messages = ["kubelet: x509: unknown", "Unknown", "x509", "known authority"]
    assert list(Haystack(messages).holding(["nown"])) == [0, 1, 3]
    assert list(Haystack(messages).holding(["x509: unk", "authority"])) == [0, 3]


def test_a_text_without_a_word_is_looked_for_as_well() -> None:
    assert list(Haystack(["a 137", "b", "c 137 137"]).holding([" 137"])) == [0, 2]
    assert list(Haystack([]).holding(["x"])) == []
