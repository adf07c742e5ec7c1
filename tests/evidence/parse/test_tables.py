"""Cells find their columns, also where some are empty or out of line."""

from plegma.evidence.parse.tables import cells_of, header_of


def test_cells_in_line_with_the_header() -> None:
    header = header_of("NAME   STATUS   NOMINATED NODE")
    assert header.row("a      Ready    <none>") == {"NAME": "a", "STATUS": "Ready", "NOMINATED NODE": "<none>"}


def test_an_empty_cell_is_absent_and_the_others_keep_their_columns() -> None:
    header = header_of("CONTAINER ID   IMAGE      PORTS      NAMES")
    assert header.row("0a1b2c3d4e5f   ledger:1              k8s_x") == {
        "CONTAINER ID": "0a1b2c3d4e5f",
        "IMAGE": "ledger:1",
        "NAMES": "k8s_x",
    }


def test_a_row_that_is_pushed_to_one_side_keeps_its_order() -> None:
    header = header_of("CONTAINER ID        IMAGE               STATUS              PORTS               NAMES")
    assert header.row("0a1b2c3d4e5f        a-very-long-image-name-indeed   Up 3 weeks                  k8s_y")["NAMES"] == "k8s_y"


def test_tabs_between_cells_are_gaps() -> None:
    assert [cell.text for cell in cells_of("a \tb c\t\td")] == ["a", "b c", "d"]


def test_a_header_that_lost_its_gaps_is_read_word_by_word_with_known_pairs_kept() -> None:
    header = header_of("NAME READY STATUS NOMINATED NODE")
    assert header.names == ("NAME", "READY", "STATUS", "NOMINATED NODE")
    assert header.row("a 1/1 Running <none>")["STATUS"] == "Running"


def test_more_cells_than_columns_go_to_the_last_one() -> None:
    assert header_of("A   B").row("1   2  3  4") == {"A": "1", "B": "2  3  4"}
