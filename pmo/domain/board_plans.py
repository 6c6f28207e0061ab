"""A board of another program as it will become one of ours: its lists, people, labels, cards.

Plans are plain JSON, so that they can wait for their owner; every guess and every loss is told.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.domain import folding, formulas
from pmo.domain.vocabulary import ColumnMeaning

MOST_CARDS = 5_000
MOST_NAMED = 200
"""Lists, people or labels of one board."""

MOST_LINES = 100
TITLE = 200
TEXT = 20_000
LINE = 300
PERIOD = 300
MOST_WEIGHT = 1_000
MOST_DOUBTS = 200

Plan = dict[str, Any]
"""lists: names. closed: places of lists that are put away. people: [name, login].
labels: [name, colour]. cards: see `card`. doubts: what was guessed, cut or left out of a line.
left: what of the whole is not taken over."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DAYS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})"), (3, 2, 1)),
)
SEPARATOR = re.compile(r"[,;\n]")


def _(message: str) -> str:
    return message


EMPTY = _("There are no cards in it.")
TOO_MANY = _("There are more than {most} cards in it.")
NO_TITLE = _("Row {line} has no title and is left out.")
CUT_TITLE = _("Row {line}: the title is long; the rest goes to the description.")
NO_DATE = _("Row {line}: “{value}” is no date and is left out.")
NO_WEIGHT = _("Row {line}: “{value}” is no weight; 1 stands instead.")
WIDE = _("Row {line} has more cells than the table has headings.")
NO_LIST = _("Row {line} names no column; the first one is taken.")
MANY_DOUBTS = _("… and {count} more.")

MEANINGS = (
    (ColumnMeaning.DONE, ("готов", "сделан", "выполнен", "заверш", "принят", "done", "complete")),
    (ColumnMeaning.WAITING, ("ожид", "ждё", "жде", "согласов", "провер", "wait", "review", "hold")),
    (ColumnMeaning.QUEUE, ("бэклог", "беклог", "план", "очеред", "идеи", "к выполн", "сделать")),
    (ColumnMeaning.QUEUE, ("backlog", "to do", "todo", "queue", "ideas", "next")),
)

FIELDS = (
    "title",
    "description",
    "column",
    "due_on",
    "labels",
    "assignees",
    "weight",
    "period",
    "none",
)
"""What a column of a table can be."""

HEADINGS = {
    "title": (
        *("title", "name", "card name", "task", "summary", "subject"),
        *("название", "задача", "заголовок", "тема", "событие", "мероприятие"),
    ),
    "description": ("description", "card description", "notes", "описание", "содержание"),
    "column": ("column", "list", "list name", "status", "state", "колонка", "список", "статус"),
    "due_on": ("due", "due date", "deadline", "срок", "дедлайн", "дата", "срок до"),
    "labels": ("labels", "label", "tags", "метки", "метка", "теги"),
    "assignees": (
        *("assignees", "assignee", "members", "owner"),
        *("исполнители", "исполнитель", "ответственный", "ответственные"),
    ),
    "weight": ("weight", "points", "estimate", "вес", "оценка"),
    "period": ("period", "период", "сроки"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was guessed, cut or left out. template: message id with `{named}` facts."""

    template: str
    facts: Mapping[str, Any]


def card(title: str, **values: Any) -> dict[str, Any]:
    """Return a card of a plan; list, labels, people: places in the plan's own lists."""
    return {
        "title": title,
        "description": "",
        "list": 0,
        "due_on": None,
        "period": "",
        "weight": 1,
        "labels": [],
        "people": [],
        "checklist": [],
        "comments": [],
        "is_complete": False,
        "is_archived": False,
        **values,
    }


def meaning_of(name: str) -> ColumnMeaning:
    """Guess what standing in a list says."""
    folded = folding.fold(name)
    for meaning, words in MEANINGS:
        if any(folding.fold(word) in folded for word in words):
            return meaning
    return ColumnMeaning.IN_PROGRESS


def same(one: str, other: str) -> bool:
    """Tell whether two names are the same, whatever their case."""
    return folding.fold(one).split() == folding.fold(other).split()


def plain(text: Any, most: int = TEXT, *, one_line: bool = False) -> str:
    """Return text that a field takes: without controls, trimmed, cut."""
    value = CONTROL.sub(" ", str(text)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return (" ".join(value.split()) if one_line else value)[:most]


def day_of(text: str) -> date | None:
    """Read a day as tables write it; None if it is none."""
    for pattern, (year, month, day) in DAYS:
        if found := pattern.match(text.strip()):
            try:
                return date(int(found[year]), int(found[month]), int(found[day]))
            except ValueError:
                return None
    return None


def told(doubts: Iterable[tuple[str, dict[str, Any]]]) -> list[list[Any]]:
    """Return doubts as JSON holds them: the first ones, and how many more there are."""
    found = [[template, facts] for template, facts in doubts]
    more = len(found) - MOST_DOUBTS
    return [*found[:MOST_DOUBTS], *([[MANY_DOUBTS, {"count": more}]] if more > 0 else [])]


def doubts_of(plan: Plan) -> list[Doubt]:
    """Return the doubts of a plan."""
    return [Doubt(template, facts) for template, facts in plan["doubts"]]


def left_of(plan: Plan) -> list[Doubt]:
    """Return what of a plan is not taken over."""
    return [Doubt(template, facts) for template, facts in plan["left"]]


def guessed_fields(headings: Sequence[str]) -> list[str]:
    """Return what the columns of a table seem to be; each field once."""
    found: list[str] = []
    for heading in headings:
        field = next((it for it, words in HEADINGS.items() if _is_one_of(heading, words)), "none")
        found.append("none" if field in found else field)
    return found


def has_headings(first: Sequence[str]) -> bool:
    """Tell whether the first line of a table names its columns."""
    return "title" in guessed_fields(first)


def _is_one_of(heading: str, words: Iterable[str]) -> bool:
    return any(same(heading, word) for word in words)


def of_table(content: Mapping[str, Any], fields: list[str]) -> Plan:
    """Return the plan of a table. fields: of `FIELDS`, one for each column.

    content: headings, and how many of them are named; lines, and the row that each stands in.
    """
    table = _Table(len(content["headings"]), content["named"], fields)
    return table.plan(zip(content["rows"], content["lines"], strict=True))


class _Table:
    """Reads the lines of a table, and gathers the names they use."""

    def __init__(self, width: int, named: int, fields: list[str]) -> None:
        self.named = named
        padded = (fields + ["none"] * width)[:width]
        self.places = {name: padded.index(name) for name in FIELDS[:-1] if name in padded}
        self.lists: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.labels: dict[str, int] = {}
        self.doubts: list[tuple[str, dict[str, Any]]] = []

    def plan(self, lines: Iterable[tuple[int, Sequence[str]]]) -> Plan:
        cards = [made for row, line in lines if (made := self._card(row, line))]
        return {
            "lists": list(self.lists) or [""],
            "closed": [],
            "people": [[name, ""] for name in self.people],
            "labels": [[name, ""] for name in self.labels],
            "cards": cards,
            "doubts": told(self.doubts),
            "left": [],
        }

    def _card(self, nth: int, line: Sequence[str]) -> dict[str, Any] | None:
        title = plain(self._cell(line, "title"), TEXT, one_line=True)
        if not title:
            self._doubt(NO_TITLE, nth)
            return None
        if any(line[self.named :]):
            self._doubt(WIDE, nth)
        description = plain(self._cell(line, "description"), TEXT)
        if len(title) > TITLE:
            self._doubt(CUT_TITLE, nth)
            title, description = title[:TITLE], plain(f"{title[TITLE:]}\n\n{description}")
        return card(
            title,
            description=description,
            list=self._list(nth, line),
            due_on=self._day(nth, line),
            period=plain(self._cell(line, "period"), PERIOD, one_line=True),
            weight=self._weight(nth, line),
            labels=self._names(line, "labels", self.labels, 60),
            people=self._names(line, "assignees", self.people, 120),
        )

    def _cell(self, line: Sequence[str], field: str) -> str:
        place = self.places.get(field)
        return "" if place is None or place >= len(line) else formulas.unguarded(line[place])

    def _list(self, nth: int, line: Sequence[str]) -> int:
        name = plain(self._cell(line, "column"), 60, one_line=True)
        if not name and self.lists and "column" in self.places:
            self._doubt(NO_LIST, nth)
            return 0
        return self.lists.setdefault(name, len(self.lists))

    def _day(self, nth: int, line: Sequence[str]) -> str | None:
        text = self._cell(line, "due_on").strip()
        found = day_of(text) if text else None
        if text and found is None:
            self._doubt(NO_DATE, nth, value=plain(text, 40, one_line=True))
        return found.isoformat() if found else None

    def _weight(self, nth: int, line: Sequence[str]) -> int:
        text = self._cell(line, "weight").strip()
        if re.fullmatch(r"\d{1,4}", text) and int(text) <= MOST_WEIGHT:
            return int(text)
        if text:
            self._doubt(NO_WEIGHT, nth, value=plain(text, 40, one_line=True))
        return 1

    def _names(
        self, line: Sequence[str], field: str, known: dict[str, int], most: int
    ) -> list[int]:
        parts = (
            plain(part, most, one_line=True) for part in SEPARATOR.split(self._cell(line, field))
        )
        return sorted({known.setdefault(name, len(known)) for name in parts if name})

    def _doubt(self, template: str, nth: int, **facts: Any) -> None:
        self.doubts.append((template, {"line": nth, **facts}))


def moment_day(text: Any, office: Any) -> str | None:
    """Return the day of a moment at the office's clock, which one without a zone is told by.

    None if it is no moment.
    """
    try:
        moment = datetime.fromisoformat(str(text))
        return (moment.astimezone(office) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return None
