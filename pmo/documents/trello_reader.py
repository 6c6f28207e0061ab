"""Boards of Trello, as its export in JSON tells them."""

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from pmo.documents import limits
from pmo.domain import board_plans as plans
from pmo.domain.board_plans import Plan
from pmo.domain.vocabulary import LabelColour

COMMENT = 4_000
MOST_TOLD = 1_000_000
"""A greater number of comments is none."""

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
TOO_MUCH = _("There are more than {most} lists, people or labels in it.")
CLOSED_LIST = _("The list “{name}” is closed; its cards go to the archive.")
NO_TITLE = _("A card without a title is left out.")
CUT_TITLE = _("“{title}…”: the title is long; the rest goes to the description.")
NO_DATE = _("“{title}”: “{value}” is no date and is left out.")
LEFT_FILES = _("Attached files and links: {count}. They stay in Trello.")
LEFT_COMMENTS = _("Comments that the file does not hold: {count}. Trello gives out the last ones.")
LEFT_OWN = _("Values of custom fields: {count}.")
LEFT_STARTS = _("Start dates: {count}. Due dates are taken over, without their hours.")
LEFT_TEMPLATES = _("Templates of cards: {count}.")
LEFT_LINES = _("Checklist items and comments beyond {most} of a card: {count}.")
LEFT_ALWAYS = _("Votes, stickers, covers, watchers, and the history of the board.")
JOINED = _("Cards with several checklists: {count}. Here a card has one, with all items.")
AUTHORS = _("Comments: {count}. They come in your name; each says who wrote it, and when.")


def read(board: Any, office: ZoneInfo) -> Plan:
    """Return the plan of a board. Raises FileRefused."""
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
        cards = [it for it in cards if it.get("isTemplate") is not True]
        most = max(len(self.people), len(self.labels), len(self.lists))
        if not cards:
            raise limits.refusal(plans.EMPTY)
        if len(cards) > plans.MOST_CARDS:
            raise limits.refusal(plans.TOO_MANY, most=plans.MOST_CARDS)
        if most > plans.MOST_NAMED:
            raise limits.refusal(TOO_MUCH, most=plans.MOST_NAMED)
        lists = sorted(self.lists.values(), key=_place)
        places = {str(it.get("id")): nth for nth, it in enumerate(lists)}
        for closed in (it for it in lists if it.get("closed") is True):
            self.doubts.append((CLOSED_LIST, {"name": _name(closed, 60)}))
        made = [self._card(it, places) for it in cards]
        return {
            "lists": [_name(it, 60) or "…" for it in lists] or ["…"],
            "closed": [place for place, it in enumerate(lists) if it.get("closed") is True],
            "people": [
                [
                    plans.plain(it.get("fullName") or "", 120, one_line=True),
                    str(it.get("username") or "")[:64],
                ]
                for it in self.people.values()
            ],
            "labels": [[_name(it, 60), _colour(it)] for it in self.labels.values()],
            "cards": [it for it in made if it is not None],
            "doubts": plans.told(self.doubts),
            "left": self._left(),
        }

    def _card(self, given: dict[str, Any], places: dict[str, int]) -> dict[str, Any] | None:
        title = plans.plain(given.get("name") or "", one_line=True)
        description = plans.plain(given.get("desc") or "")
        if not title:
            self.doubts.append((NO_TITLE, {}))
            return None
        if len(title) > plans.TITLE:
            self.doubts.append((CUT_TITLE, {"title": title[:40]}))
            rest = f"{title[plans.TITLE :]}\n\n{description}"
            title, description = title[: plans.TITLE], plans.plain(rest)
        own = str(given.get("id"))
        of_list = self.lists.get(str(given.get("idList")), {})
        due = given.get("due")
        day = plans.moment_day(due, self.office) if due else None
        if due and day is None:
            value = plans.plain(due, 40, one_line=True)
            self.doubts.append((NO_DATE, {"title": title[:40], "value": value}))
        return plans.card(
            title,
            description=description,
            list=places.get(str(given.get("idList")), 0),
            due_on=day,
            labels=self._chosen(given.get("idLabels"), self.labels),
            people=self._chosen(given.get("idMembers"), self.people),
            checklist=self.checklists.get(own, [])[: plans.MOST_LINES],
            comments=self.comments.get(own, [])[: plans.MOST_LINES],
            is_complete=given.get("dueComplete") is True,
            is_archived=given.get("closed") is True or of_list.get("closed") is True,
        )

    def _left(self) -> list[list[Any]]:
        """Return what is not taken over, or not as it was, with how much of it there is."""
        cards = self._parts("cards")
        badges = [it for card in cards if isinstance(it := card.get("badges"), dict)]
        said = sum(map(len, self.comments.values()))
        lengths = [*map(len, self.checklists.values()), *map(len, self.comments.values())]
        many = Counter(str(it.get("idCard")) for it in self._parts("checklists"))
        counts = {
            LEFT_FILES: sum(_length(card.get("attachments")) for card in cards),
            LEFT_COMMENTS: sum(_whole(it.get("comments")) for it in badges) - said,
            LEFT_OWN: sum(_length(card.get("customFieldItems")) for card in cards),
            LEFT_STARTS: sum(bool(card.get("start")) for card in cards),
            LEFT_TEMPLATES: sum(card.get("isTemplate") is True for card in cards),
            LEFT_LINES: sum(max(it - plans.MOST_LINES, 0) for it in lengths),
            JOINED: len([count for count in many.values() if count > 1]),
            AUTHORS: said,
        }
        told = [
            [
                template,
                {"count": count, **({"most": plans.MOST_LINES} if "{most}" in template else {})},
            ]
            for template, count in counts.items()
            if count > 0
        ]
        return [*told, [LEFT_ALWAYS, {}]]

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


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < MOST_TOLD else 0


def _place(part: dict[str, Any]) -> float:
    place = part.get("pos")
    try:
        return float(place) if isinstance(place, int | float) else 0.0
    except OverflowError:
        return 0.0


def _name(part: dict[str, Any], most: int) -> str:
    return plans.plain(part.get("name") or "", most, one_line=True)


def _colour(label: dict[str, Any]) -> str:
    told = str(label.get("color") or "").partition("_")[0]
    return COLOURS.get(told, LabelColour.SLATE).value
