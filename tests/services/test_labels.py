"""Labels of a project."""

import pytest

from pmo.domain.vocabulary import LabelColour
from pmo.errors import AlreadyTaken, Forbidden, NotFound
from pmo.models import Board, Event, Label, TaskLabel
from pmo.services import labels
from tests.cast import NOW, Cast


def names(cast: Cast) -> list[str]:
    found = Label.select().where(Label.project == cast.orchard.project)
    return [label.name for label in found.order_by(Label.name)]


def add(cast: Cast, name: str = "Course", login: str = "lev") -> int:
    return labels.add(
        cast.orchard.project,
        name=name,
        colour=LabelColour.TEAL,
        actor=cast.actor(login),
        at=NOW,
    )


def test_label_is_added_and_the_board_knows(cast: Cast) -> None:
    add(cast)

    assert names(cast) == ["Course", "Urgent"]
    assert Event.get().data == {"label": "Course", "colour": "teal"}
    assert Board.get_by_id(cast.orchard.board).revision == 2


def test_name_is_unique_in_its_project_only(cast: Cast) -> None:
    with pytest.raises(AlreadyTaken):
        add(cast, "Urgent")

    assert not Event.select().exists()
    assert Label.select().where(Label.name == "Urgent").count() == 2


def test_label_is_renamed(cast: Cast) -> None:
    [label_id] = cast.orchard.labels

    labels.edit(label_id, {"name": "Later"}, actor=cast.lev, at=NOW)
    labels.edit(label_id, {"name": "Later"}, actor=cast.lev, at=NOW)

    assert names(cast) == ["Later"]
    event = Event.get()
    assert event.data == {"label": "Urgent", "changes": {"name": ["Urgent", "Later"]}}


def test_removed_label_leaves_its_cards(cast: Cast) -> None:
    [label_id] = cast.orchard.labels
    TaskLabel.create(task=cast.orchard.tasks[0], label=label_id)

    labels.remove(label_id, actor=cast.lev, at=NOW)

    assert names(cast) == []
    assert not TaskLabel.select().exists()


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_labels_are_closed_to_others(cast: Cast, login: str, error: type[Exception]) -> None:
    [label_id], actor = cast.orchard.labels, cast.actor(login)

    with pytest.raises(error):
        add(cast, login=login)
    with pytest.raises(error):
        labels.edit(label_id, {"name": "Mine"}, actor=actor, at=NOW)
    with pytest.raises(error):
        labels.remove(label_id, actor=actor, at=NOW)

    assert names(cast) == ["Urgent"]
