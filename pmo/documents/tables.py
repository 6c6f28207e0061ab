"""Tables as files for spreadsheet programs: numbers and days typed, texts never formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from pmo.domain import formulas

Cell = str | int | float | date | None

LONGEST = 32_767
"""Characters of a cell that XLSX takes."""

FIRST_YEAR = 1900
CREATED = 2000
WIDEST = 60
SHEET_NAME = 31
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written. title: names the sheet."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def to_csv(table: Table, *, delimiter: str, with_mark: bool) -> bytes:
    """Return a table as CSV, every text quoted. with_mark: a BOM, which Excel needs for UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(map(formulas.guarded, table.headings))
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig" if with_mark else "utf-8")


def to_xlsx(table: Table) -> bytes:
    """Return a table as a workbook of one sheet; the same table gives the same bytes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": datetime(CREATED, 1, 1)})
    sheet = book.add_worksheet(_sheet_name(table.title))
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, heading in enumerate(table.headings):
        sheet.write_string(0, place, heading, bold)
    widths = [len(heading) for heading in table.headings]
    last = 0
    for last, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, last, place, cell, day=day, wrapped=wrapped)
            widths[place] = max(widths[place], _width(cell))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(widths) - 1, 0))
    book.close()
    return target.getvalue()


def _write(sheet: Any, row: int, place: int, cell: Cell, *, day: Any, wrapped: Any) -> None:
    """Write one cell by its type, never by what its text looks like."""
    if isinstance(cell, date):
        if cell.year >= FIRST_YEAR:
            sheet.write_datetime(row, place, cell, day)
        else:
            sheet.write_string(row, place, cell.isoformat())
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(row, place, cell[:LONGEST], wrapped)
    elif cell is not None:
        sheet.write_number(row, place, cell)


def _width(cell: Cell) -> int:
    if isinstance(cell, str):
        return max(map(len, cell.splitlines()), default=0)
    return 0 if cell is None else len(str(cell))


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return formulas.guarded(cell) if isinstance(cell, str) else cell


def _sheet_name(title: str) -> str:
    return title.translate(NOT_IN_A_NAME).strip(" '")[:SHEET_NAME] or "1"
