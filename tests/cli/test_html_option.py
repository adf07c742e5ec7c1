"""`plegma diagnose --html` and `-o html`."""

from pathlib import Path

from running import EXAMPLE, plegma


def test_the_page_is_written_beside_the_answer(tmp_path: Path) -> None:
    done = plegma("diagnose", EXAMPLE, "--lang", "ja", "--html", str(tmp_path / "report.html"))
    assert done.code == 0
    assert "根本原因" in done.out
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_on_standard_output_is_the_page_in_the_file(tmp_path: Path) -> None:
    done = plegma("diagnose", EXAMPLE, "-o", "html", "--html", str(tmp_path / "report.html"))
    assert done.out == (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    done = plegma("diagnose", EXAMPLE, "--html", str(tmp_path / "no/such/report.html"))
    assert done.code == 2
    assert "name another file with --html" in done.err


def test_a_post_mortem_wants_markdown() -> None:
    assert "add -o md" in plegma("diagnose", EXAMPLE, "--postmortem").err
    assert plegma("diagnose", EXAMPLE, "-o", "md", "--postmortem").out.startswith("# Post-mortem")
