"""Tables as files for spreadsheet programs."""

import csv
import io
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup

from pmo.documents import tables
from pmo.documents.tables import Cell, Table
from tests.domain.test_formulas import DANGEROUS


def table(*rows: list[Cell], headings: tuple[str, ...] = ("A", "B", "C", "D")) -> Table:
    return Table("Tasks: [all]", headings, rows)


def sheet(data: bytes) -> BeautifulSoup:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower()]
        return BeautifulSoup(archive.read("xl/worksheets/sheet1.xml"), "xml")


def test_types_are_kept_in_a_workbook() -> None:
    found = sheet(tables.to_xlsx(table(["text", -5, 1.5, date(2021, 10, 31)], [None, "", 0, None])))

    cells = {cell["r"]: cell for cell in found.find_all("c")}
    assert cells["A2"]["t"] == "s"
    assert [cells[place].v.text for place in ("B2", "C2", "D2", "C3")] == [
        "-5",
        "1.5",
        "44500",
        "0",
    ]
    assert "A3" not in cells


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_workbook_has_no_formula_and_no_link(text: str) -> None:
    found = sheet(tables.to_xlsx(table([text, "http://example.test", "{=1}", None])))

    assert not found.find_all(["f", "hyperlink"])
    assert all(cell["t"] == "s" for cell in found.find_all("c"))


def test_what_a_cell_cannot_hold_is_cut_or_written_as_text() -> None:
    data = tables.to_xlsx(table(["x" * 40_000, date(1, 1, 1), "\x07", None]))

    cells = {cell["r"]: cell for cell in sheet(data).find_all("c")}
    assert cells["A2"]["t"] == cells["B2"]["t"] == "s"


def test_the_same_table_is_the_same_file() -> None:
    assert tables.to_xlsx(table(["a", 1, 2, None])) == tables.to_xlsx(table(["a", 1, 2, None]))


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_holds_no_formula_whatever_separates_it(delimiter: str, text: str) -> None:
    data = tables.to_csv(table([text, -5, "-5", None]), delimiter=delimiter, with_mark=False)

    for mark in (";", ",", "\t"):
        for row in csv.reader(io.StringIO(data.decode(), newline=""), delimiter=mark):
            for cell in row:
                for line in cell.splitlines():
                    start = line.strip("\ufeff\u200b \u00a0\t")[:1]
                    assert start not in set("=+@") or line.strip() == "+5", (mark, cell)
    [_heading, row] = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
    assert row[1:3] == ["-5", "-5"]


def test_a_mark_tells_excel_of_utf_8() -> None:
    data = tables.to_csv(table(["я", 1, 2, None]), delimiter=";", with_mark=True)

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1] == '"я";1;2;""'
