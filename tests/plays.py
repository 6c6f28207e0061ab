"""Random plays of commands on the cards of Orchard, as people and the office's clock would."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pmo.db import transaction
from pmo.errors import PmoError
from pmo.models import Column, Task
from pmo.services import archive, boards, merges, tasks, transfers, undo
from pmo.services.attachments import Room
from tests.cast import NOW, Cast

ZONE = ZoneInfo("Europe/Moscow")
START = NOW.astimezone(ZONE)
ROOM = Room(100, 100, 100)

COMMANDS = (
    *("create", "create", "move", "move", "move", "archive", "restore", "weigh", "block", "mean"),
    *("undo", "merge", "transfer", "board"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(COMMANDS), st.integers(0, 9), st.integers(0, 3), st.integers(0, 40)),
    min_size=3,
    max_size=25,
)
"""What is done, to which card, into which column or how much, after how many hours."""


class Play:
    """Random commands on Orchard, one after another; those that are refused do nothing."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.at = cast, START
        self.event_id: int | None = None
        for column in cast.orchard.columns:
            Column.update(wip_limit=None, wip_kind="none").where(Column.id == column).execute()
        with transaction():
            made = boards.create_default(cast.orchard.project, name="Other", **self._who())
        self.other = boards.column_ids(made.board_id)

    def do(self, command: str, card: int, value: int, hours: int) -> None:
        """Do one thing, some hours later."""
        self.at += timedelta(hours=hours, minutes=1)
        mine = (Task.project == self.cast.orchard.project) & (Task.number > 3)
        self.ids = ids = [id_ for (id_,) in Task.select(Task.id).where(mine).tuples()]
        try:
            getattr(self, f"_{command}")(ids[card % len(ids)] if ids else 0, value)
        except PmoError:
            self.event_id = None

    def _who(self) -> dict[str, Any]:
        return {"actor": self.cast.ada, "at": self.at}

    def _create(self, _card: int, value: int) -> None:
        fields = {"title": "New", "weight": value + 1}
        tasks.create(self.cast.orchard.columns[value], fields=fields, confirmed=True, **self._who())

    def _move(self, card: int, value: int) -> None:
        column = self.cast.orchard.columns[value]
        done = tasks.place(card, column_id=column, confirmed=True, **self._who())
        self.event_id = done.event_id

    def _archive(self, card: int, _value: int) -> None:
        self.event_id = archive.archive(card, **self._who()).event_id

    def _restore(self, card: int, _value: int) -> None:
        archive.restore(card, **self._who())

    def _weigh(self, card: int, value: int) -> None:
        version = Task.get_by_id(card).version if card else 1
        tasks.edit(card, {"weight": value * 3}, base_version=version, **self._who())

    def _block(self, card: int, value: int) -> None:
        version = Task.get_by_id(card).version if card else 1
        reason = {"blocked_reason": "Ill" if value else ""}
        tasks.edit(card, reason, base_version=version, **self._who())

    def _mean(self, card: int, value: int) -> None:
        meanings = ("queue", "in_progress", "waiting", "done")
        column = self.cast.orchard.columns[card % 4]
        changes = {"meaning": Column.meaning.python_value(meanings[value])}
        boards.edit_column(column, changes=changes, expected_version=None, **self._who())

    def _undo(self, _card: int, _value: int) -> None:
        if self.event_id is not None:
            undo.undo(self.event_id, **self._who())

    def _merge(self, card: int, value: int) -> None:
        into = self.ids[value % len(self.ids)] if self.ids else 0
        self.event_id = merges.merge(card, into_id=into, **self._who()).event_id

    def _transfer(self, card: int, value: int) -> None:
        column = self.cast.harbour.columns[value]
        done = transfers.transfer(card, column_id=column, confirmed=True, room=ROOM, **self._who())
        self.event_id = done.event_id

    def _board(self, card: int, value: int) -> None:
        done = tasks.place(card, column_id=self.other[value], confirmed=True, **self._who())
        self.event_id = done.event_id
