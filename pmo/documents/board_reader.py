"""Boards of other programs: Trello's JSON, and tables as CSV in any usual dress."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from pmo.documents import json_reader, limits, trello_reader
from pmo.domain import board_plans as plans
from pmo.domain.board_plans import Plan

TRELLO = "trello"
TABLE = "csv"
MOST_COLUMNS = 60
MOST_LINES = plans.MOST_CARDS + 1
SAMPLE = 64 * 1024
TOLD_SEPARATOR = re.compile(r"sep=([;,\t|])\s*$", re.MULTILINE)
"""A first line that Excel understands, and some programs write."""


def _(message: str) -> str:
    return message


TOO_WIDE = _("There are more than {most} columns in it.")
BAD_ROW = _("Row {line} cannot be read: its quotation marks do not close. Nothing was taken in.")
LONG_CELL = _("Row {line} has a cell that is too long. Nothing was taken in.")


def content_of(data: bytes, name: str, *, office: ZoneInfo) -> tuple[str, dict[str, Any]]:
    """Return the format and the content of a board's file. Raises FileRefused.

    office: whose days the moments of Trello are turned into.
    """
    text = _text(data)
    if PurePath(name).suffix.lower() == ".json" or text.lstrip()[:1] == "{":
        return TRELLO, trello_reader.read(json_reader.read(text), office)
    return TABLE, _table(text)


def plan_of(format: str, content: dict[str, Any], fields: list[str] | None = None) -> Plan:
    """Return the plan of a content. fields: of a table, as chosen; guessed if None."""
    if format == TRELLO:
        return content
    chosen = fields or plans.guessed_fields(content["headings"])
    return plans.of_table(content, chosen)


def _text(data: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _table(text: str) -> dict[str, Any]:
    numbered = list(_lines(text))
    if not numbered:
        raise limits.refusal(plans.EMPTY)
    rows, lines = (list(it) for it in zip(*numbered, strict=True))
    width = max(map(len, lines))
    if width > MOST_COLUMNS:
        raise limits.refusal(TOO_WIDE, most=MOST_COLUMNS)
    first = [plans.plain(cell, 120, one_line=True) for cell in lines[0]]
    if plans.has_headings(first):
        headings, lines, rows = first, lines[1:], rows[1:]
    else:
        headings = []
    if not lines:
        raise limits.refusal(plans.EMPTY)
    if len(lines) > plans.MOST_CARDS:
        raise limits.refusal(plans.TOO_MANY, most=plans.MOST_CARDS)
    named = [headings[place] if place < len(headings) else "" for place in range(width)]
    if not headings:
        named[0] = "title"
    return {"headings": named, "named": len(headings) or width, "lines": lines, "rows": rows}


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, one more than may be, as a spreadsheet numbers them."""
    given = io.StringIO(text.replace("\0", " "), newline="")
    told = TOLD_SEPARATOR.match(text)
    reader = csv.reader(given, delimiter=told[1] if told else _separator(text), strict=True)
    count = row = 0
    try:
        for row, line in enumerate(reader, start=1):
            cells = [plans.plain(cell) for cell in line]
            if any(cells) and not (told and row == 1):
                yield row, cells
                count += 1
            if count > MOST_LINES:
                return
    except csv.Error as error:
        is_long = "field larger" in str(error)
        raise limits.refusal(LONG_CELL if is_long else BAD_ROW, line=row + 1) from error


def _separator(text: str) -> str:
    """Return what stands between the cells of the first line most often."""
    head = text[:SAMPLE].lstrip("\n\r")
    line = next(iter(head.splitlines()), "")
    return max(";,\t", key=lambda mark: (line.count(mark), mark == ";"))
