"""The columns of a board as they were, from those of today and what happened to them."""

from datetime import timedelta
from typing import Any

from pmo.domain.flow import columns
from pmo.domain.flow.columns import BoardColumns
from pmo.domain.flow.figures import FlowStep
from pmo.domain.flow.replaying import Happened
from pmo.domain.vocabulary import ColumnMeaning
from tests.journals import START, created, lives, moved

NOW = BoardColumns(
    "b1",
    (
        FlowStep("c5", "New", ColumnMeaning.QUEUE),
        FlowStep("c1", "Renamed", ColumnMeaning.WAITING),
        FlowStep("c4", "Done", ColumnMeaning.DONE),
    ),
)


def happened(at: int, kind: str, **data: Any) -> Happened:
    return Happened(START + timedelta(days=at), f"column.{kind}", None, {"board": "b1", **data})


EVENTS = [
    happened(
        2,
        "edited",
        column="c1",
        changes={"name": ["Queue", "Renamed"], "meaning": ["queue", "waiting"]},
    ),
    happened(3, "removed", column="c2", name="Work"),
    happened(4, "added", column="c5", name="New"),
    happened(5, "moved", order=["c5", "c1", "c4"]),
    happened(6, "edited", column="c1", changes={"wip_limit": [None, 2]}),
    happened(1, "removed", column="c1", name="Other")._replace(data={"board": "b2"}),
]
CARDS = lives(created(0), moved(1, "c2"))


def at(day: int) -> list[tuple[str, str, str]]:
    found = columns.as_of(NOW, EVENTS, CARDS, START + timedelta(days=day, hours=1))
    return [(it.key, it.name, str(it.meaning)) for it in found.columns]


def test_columns_are_followed_backwards() -> None:
    done = ("c4", "Done", "done")
    assert at(6) == at(5) == [("c5", "New", "queue"), ("c1", "Renamed", "waiting"), done]
    assert at(4) == [("c1", "Renamed", "waiting"), done, ("c5", "New", "queue")]
    assert at(3) == [("c1", "Renamed", "waiting"), done]
    assert at(2) == [("c1", "Renamed", "waiting"), ("c2", "Work", "in_progress"), done]
    assert at(1) == [("c1", "Queue", "queue"), ("c2", "Work", "in_progress"), done]


def test_keys_of_a_file_keep_their_order() -> None:
    board = BoardColumns("b1", tuple(FlowStep(it, it, ColumnMeaning.QUEUE) for it in "zax"))
    events = [happened(3, "added", column="x", name="x")]

    found = columns.as_of(board, events, {}, START)

    assert [it.key for it in found.columns] == ["z", "a"]
