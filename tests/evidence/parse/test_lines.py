"""Bytes become lines whatever their encoding and ends; line numbers stay those of the original."""

import codecs

from plegma.evidence.parse.lines import MAX_LOOK, clean, decode, shown, split, without_marks


def test_utf_16_is_known_by_its_byte_order_mark_and_by_its_nul_bytes() -> None:
    text = "kubelet: 起動しました\n"
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text
    assert decode(("NAME READY\n" * 20).encode("utf-16-be")) == "NAME READY\n" * 20


def test_a_byte_order_mark_is_not_part_of_the_first_line() -> None:
    assert decode(codecs.BOM_UTF8 + b"NAME") == "NAME"


def test_lines_that_are_not_utf_8_are_read_as_cp1252_and_the_others_stay_as_they_are() -> None:
    assert decode("ジョブ\n".encode() + b"d\xe9marr\xe9 \x93kubelet\x94") == "ジョブ\ndémarré “kubelet”"


def test_a_character_that_was_cut_at_the_end_of_a_line_does_not_turn_the_line_to_cp1252() -> None:
    assert decode("起動".encode() + "中".encode()[:2] + b"\nnext").startswith("起動")


def test_crlf_and_lone_cr_end_lines_as_lf_does() -> None:
    assert split("a\r\nb\r\n") == split("a\rb\r") == split("a\nb\n") == ["a", "b"]


def test_escape_sequences_are_taken_from_what_is_parsed_and_shown_as_text_where_it_is_quoted() -> None:
    line = "\x1b[31mE0305\x1b[0m \x1b]0;title\x07failed\x00"
    assert clean(line) == "E0305 failed"
    assert shown(line) == "\\x1b[31mE0305\\x1b[0m \\x1b]0;title\\x07failed\\x00"


def test_overstrikes_of_a_pager_leave_the_letter() -> None:
    assert clean("N\x08NA\x08AME") == "NAME"


def test_only_the_beginning_of_an_endless_line_is_looked_into() -> None:
    assert len(clean("x" * (MAX_LOOK * 3))) == MAX_LOOK


def test_the_marks_of_a_quotation_and_of_minikube_logs_are_not_part_of_the_lines() -> None:
    assert without_marks(("> NAME", ">", "> x", "y")) == ("NAME", "", "x", "y")
    assert without_marks(("* ==> kubelet <==", "* -- Logs begin", "*")) == ("==> kubelet <==", "-- Logs begin", "")
    assert without_marks(("a", "> b", "c")) == ("a", "> b", "c")


def test_a_bullet_before_a_log_line_is_taken_off_and_other_list_items_stay() -> None:
    raw = ("    * Oct 24 17:25:06 wk-3 kubelet[2176]: E1024 17:25:06.935763    2176 a.go:1] boom", "* the node was rebooted")
    assert without_marks(raw) == (
        "Oct 24 17:25:06 wk-3 kubelet[2176]: E1024 17:25:06.935763    2176 a.go:1] boom",
        "* the node was rebooted",
    )


def test_quotes_that_a_word_processor_or_a_web_page_changed_are_plain_again() -> None:
    assert (
        clean("no runtime for “nvidia” is configured")
        == clean("no runtime for &quot;nvidia&quot; is configured")
        == 'no runtime for "nvidia" is configured'
    )
    assert clean("a && b &lt;none&gt; R&D;") == "a && b <none> R&D;"


def test_a_whole_line_made_bold_is_read_without_the_marks() -> None:
    assert clean("  ** Type: x") == "  ** Type: x"
    assert clean(" **Reason:  OOMKilled** ") == " Reason:  OOMKilled"
    assert clean("**/tmp/a**: see **b: c**") == "**/tmp/a**: see **b: c**"
    assert clean("**Environment**") == "**Environment**"
