"""Boards of other programs: Trello's JSON, and tables as CSV in any usual dress."""

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from pmo.documents import json_reader, limits
from pmo.domain import board_plans as plans
from pmo.domain.board_plans import Plan
from pmo.domain.vocabulary import LabelColour

TRELLO = "trello"
TABLE = "csv"
MOST_COLUMNS = 60
MOST_LINES = plans.MOST_CARDS + 1
SAMPLE = 64 * 1024
COMMENT = 4_000

COLOURS = {
    "green": LabelColour.GREEN,
    "lime": LabelColour.GREEN,
    "yellow": LabelColour.AMBER,
    "orange": LabelColour.ORANGE,
    "red": LabelColour.RED,
    "purple": LabelColour.VIOLET,
    "blue": LabelColour.BLUE,
    "sky": LabelColour.TEAL,
    "pink": LabelColour.PINK,
}
"""Of Trello's labels; dark and light ones by their second part."""


def _(message: str) -> str:
    return message


NO_BOARD = _("This is no board exported from Trello.")
NO_TABLE = _("This is no table: {reason}")
EMPTY = _("There are no cards in it.")
TOO_MANY = _("There are more than {most} cards in it.")
TOO_WIDE = _("There are more than {most} columns in it.")
TOO_MUCH = _("There are more than {most} lists, people or labels in it.")
CLOSED_LIST = _("The list “{name}” is closed; its cards go to the archive.")


def content_of(data: bytes, name: str, *, office: ZoneInfo) -> tuple[str, dict[str, Any]]:
    """Return the format and the content of a board's file. Raises FileRefused.

    office: whose days the moments of Trello are turned into.
    """
    text = _text(data)
    if PurePath(name).suffix.lower() == ".json" or text.lstrip()[:1] == "{":
        return TRELLO, _trello(json_reader.read(text), office)
    return TABLE, _table(text)


def plan_of(format: str, content: dict[str, Any], fields: list[str] | None = None) -> Plan:
    """Return the plan of a content. fields: of a table, as chosen; guessed if None."""
    if format == TRELLO:
        return content
    chosen = fields or plans.guessed_fields(content["headings"])
    return plans.of_table(content["headings"], content["lines"], chosen)


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
    lines = list(_lines(text))
    if not lines:
        raise limits.refusal(EMPTY)
    width = max(map(len, lines))
    if width > MOST_COLUMNS:
        raise limits.refusal(TOO_WIDE, most=MOST_COLUMNS)
    first = [plans.plain(cell, 120, one_line=True) for cell in lines[0]]
    if plans.has_headings(first):
        headings, lines = first, lines[1:]
    else:
        headings = []
    if not lines:
        raise limits.refusal(EMPTY)
    if len(lines) > plans.MOST_CARDS:
        raise limits.refusal(TOO_MANY, most=plans.MOST_CARDS)
    named = [headings[place] if place < len(headings) else "" for place in range(width)]
    if not headings:
        named[0] = "title"
    return {"headings": named, "lines": lines}


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the lines that hold something, one more than may be."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    count = 0
    try:
        for line in reader:
            cells = [plans.plain(cell) for cell in line]
            if any(cells):
                yield cells
                count += 1
            if count > MOST_LINES:
                return
    except csv.Error as error:
        raise limits.refusal(NO_TABLE, reason=str(error)) from error


def _separator(text: str) -> str:
    """Return what stands between the cells of the first line most often."""
    head = text[:SAMPLE].lstrip("\n\r")
    line = next(iter(head.splitlines()), "")
    return max(";,\t", key=lambda mark: (line.count(mark), mark == ";"))


def _trello(board: Any, office: ZoneInfo) -> Plan:
    if not isinstance(board, dict) or not all(
        _are_parts(board, name) for name in ("lists", "cards")
    ):
        raise limits.refusal(NO_BOARD)
    return _Trello(board, office).plan()


def _are_parts(board: dict[str, Any], name: str) -> bool:
    parts = board.get(name)
    return isinstance(parts, list) and all(isinstance(part, dict) for part in parts)


class _Trello:
    """One board; its parts by their ids."""

    def __init__(self, board: dict[str, Any], office: ZoneInfo) -> None:
        self.board, self.office = board, office
        self.doubts: list[tuple[str, dict[str, Any]]] = []
        self.lists = self._by_id("lists")
        self.people = self._by_id("members")
        self.labels = self._by_id("labels")
        self.checklists = self._checklists()
        self.comments = self._comments()

    def plan(self) -> Plan:
        cards = sorted(self._parts("cards"), key=_place)
        most = max(len(self.people), len(self.labels), len(self.lists))
        if not cards:
            raise limits.refusal(EMPTY)
        if len(cards) > plans.MOST_CARDS:
            raise limits.refusal(TOO_MANY, most=plans.MOST_CARDS)
        if most > plans.MOST_LABELS:
            raise limits.refusal(TOO_MUCH, most=plans.MOST_LABELS)
        lists = sorted(self.lists.values(), key=_place)
        places = {str(it.get("id")): nth for nth, it in enumerate(lists)}
        for closed in (it for it in lists if it.get("closed") is True):
            self.doubts.append((CLOSED_LIST, {"name": _name(closed, 60)}))
        made = [self._card(nth, it, places) for nth, it in enumerate(cards, start=1)]
        return {
            "lists": [_name(it, 60) or "…" for it in lists] or ["…"],
            "people": [
                [
                    plans.plain(it.get("fullName") or "", 120, one_line=True),
                    str(it.get("username") or "")[:64],
                ]
                for it in self.people.values()
            ],
            "labels": [
                [_name(it, 60) or str(it.get("color") or "…")[:60], _colour(it)]
                for it in self.labels.values()
            ],
            "cards": [it for it in made if it is not None],
            "doubts": plans.told(self.doubts),
        }

    def _card(
        self, nth: int, given: dict[str, Any], places: dict[str, int]
    ) -> dict[str, Any] | None:
        title = plans.plain(given.get("name") or "", one_line=True)
        description = plans.plain(given.get("desc") or "")
        if not title:
            self.doubts.append((plans.NO_TITLE, {"line": nth}))
            return None
        if len(title) > plans.TITLE:
            self.doubts.append((plans.CUT_TITLE, {"line": nth}))
            rest = f"{title[plans.TITLE :]}\n\n{description}"
            title, description = title[: plans.TITLE], plans.plain(rest)
        own = str(given.get("id"))
        of_list = self.lists.get(str(given.get("idList")), {})
        due = given.get("due")
        day = plans.moment_day(due, self.office) if due else None
        if due and day is None:
            self.doubts.append((plans.NO_DATE, {"line": nth, "value": plans.plain(due, 40)}))
        return plans.card(
            title,
            description=description,
            list=places.get(str(given.get("idList")), 0),
            due_on=day,
            labels=self._chosen(given.get("idLabels"), self.labels),
            people=self._chosen(given.get("idMembers"), self.people),
            checklist=self.checklists.get(own, [])[: plans.MOST_LINES],
            comments=self.comments.get(own, [])[: plans.MOST_LINES],
            is_archived=given.get("closed") is True or of_list.get("closed") is True,
        )

    def _chosen(self, ids: Any, known: dict[str, Any]) -> list[int]:
        order = {key: nth for nth, key in enumerate(known)}
        wanted = ids if isinstance(ids, list) else []
        return sorted({order[str(it)] for it in wanted if str(it) in order})

    def _checklists(self) -> dict[str, list[list[Any]]]:
        """Return the lines of checklists by card; a card of ours has one list."""
        found: dict[str, list[list[Any]]] = {}
        for checklist in sorted(self._parts("checklists"), key=_place):
            items = checklist.get("checkItems")
            for item in (
                sorted((it for it in items if isinstance(it, dict)), key=_place)
                if isinstance(items, list)
                else ()
            ):
                text = _name(item, plans.LINE)
                if text:
                    line = [text, item.get("state") == "complete"]
                    found.setdefault(str(checklist.get("idCard")), []).append(line)
        return found

    def _comments(self) -> dict[str, list[str]]:
        """Return the comments by card, the oldest first, each with its author and day."""
        found: dict[str, list[str]] = {}
        for action in sorted(self._parts("actions"), key=lambda it: str(it.get("date"))):
            data = action.get("data")
            if action.get("type") != "commentCard" or not isinstance(data, dict):
                continue
            of_card = data.get("card")
            text = plans.plain(data.get("text") or "", COMMENT)
            if not isinstance(of_card, dict) or not text:
                continue
            author = action.get("memberCreator")
            name = author.get("fullName") if isinstance(author, dict) else None
            who = plans.plain(name or "…", 120, one_line=True)
            day = plans.moment_day(action.get("date"), self.office) or ""
            found.setdefault(str(of_card.get("id")), []).append(f"{who}, {day}:\n\n{text}")
        return found

    def _by_id(self, name: str) -> dict[str, dict[str, Any]]:
        return {str(part.get("id")): part for part in self._parts(name)}

    def _parts(self, name: str) -> list[dict[str, Any]]:
        parts = self.board.get(name)
        return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _place(part: dict[str, Any]) -> float:
    place = part.get("pos")
    return float(place) if isinstance(place, int | float) else 0.0


def _name(part: dict[str, Any], most: int) -> str:
    return plans.plain(part.get("name") or "", most, one_line=True)


def _colour(label: dict[str, Any]) -> str:
    told = str(label.get("color") or "").partition("_")[0]
    return COLOURS.get(told, LabelColour.SLATE).value
