"""Own fields of a project: the fields, and what its tasks hold in them."""

from collections.abc import Sequence
from typing import Any

import pytest

from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import (
    AlreadyTaken,
    EditConflict,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    StaleVersion,
)
from pmo.models import Board, Event, OwnField, OwnValue
from pmo.queries import own_fields as queries
from pmo.services import own_fields, tasks
from tests.cast import NOW, Cast


def add(
    cast: Cast,
    name: str = "Budget",
    kind: OwnFieldKind = OwnFieldKind.NUMBER,
    choices: Sequence[str] = (),
    login: str = "lev",
) -> int:
    actor = cast.actor(login)
    project = cast.orchard.project
    return own_fields.add(project, name=name, kind=kind, choices=choices, actor=actor, at=NOW)


def fill(cast: Cast, login: str = "mila", base: int = 1, task: int = 0, **own: str) -> Any:
    actor, task_id = cast.actor(login), cast.orchard.tasks[task]
    return tasks.edit(task_id, {"own": own}, base_version=base, actor=actor, at=NOW)


def held(cast: Cast, task: int = 0) -> dict[str, str]:
    found = queries.of_tasks([cast.orchard.tasks[task]])
    return found[cast.orchard.tasks[task]]


def keys(cast: Cast) -> list[str]:
    return [field.key for field in queries.of_project(cast.orchard.project, cast.lev)]


def test_field_is_added_and_the_board_knows(cast: Cast) -> None:
    add(cast, "Form", OwnFieldKind.CHOICE, ["on site", "online"])

    [field] = queries.of_project(cast.orchard.project, cast.olga)
    assert (field.key, field.name, field.choices) == ("f1", "Form", ("on site", "online"))
    assert Event.get().kind == "project.own_field_added"
    assert Board.get_by_id(cast.orchard.board).revision == 2


def test_key_is_never_used_again(cast: Cast) -> None:
    first = add(cast, "One")
    own_fields.remove(first, actor=cast.lev, at=NOW)

    add(cast, "Two")

    assert keys(cast) == ["f2"]


def test_name_is_unique_in_its_project(cast: Cast) -> None:
    add(cast)
    other = add(cast, "Place", OwnFieldKind.TEXT)

    with pytest.raises(AlreadyTaken):
        add(cast)
    with pytest.raises(AlreadyTaken):
        own_fields.edit(other, {"name": "Budget"}, expected_version=None, actor=cast.lev, at=NOW)


def test_project_has_only_so_many(cast: Cast) -> None:
    for number in range(30):
        add(cast, f"Field {number}")

    with pytest.raises(Invalid):
        add(cast, "One more")


@pytest.mark.parametrize(
    ("kind", "choices"),
    [(OwnFieldKind.CHOICE, ()), (OwnFieldKind.CHOICE, ("a", "a")), (OwnFieldKind.TEXT, ("a",))],
)
def test_choices_belong_to_a_choice(cast: Cast, kind: OwnFieldKind, choices: Any) -> None:
    with pytest.raises(Invalid):
        add(cast, "Form", kind, choices)


def test_fields_are_put_in_order(cast: Cast) -> None:
    first, second, third = (add(cast, name) for name in ("A", "B", "C"))

    own_fields.place(third, before_id=first, actor=cast.lev, at=NOW)
    own_fields.place(first, before_id=None, actor=cast.lev, at=NOW)
    own_fields.place(second, before_id=first, actor=cast.lev, at=NOW)  # it stands there already

    assert keys(cast) == ["f3", "f2", "f1"]
    assert Event.select().where(Event.kind == "project.own_field_edited").count() == 2


def test_stale_version_is_refused(cast: Cast) -> None:
    field = add(cast)
    own_fields.edit(field, {"name": "Cost"}, expected_version=1, actor=cast.lev, at=NOW)

    with pytest.raises(StaleVersion):
        own_fields.edit(field, {"name": "Price"}, expected_version=1, actor=cast.lev, at=NOW)


def test_value_is_kept_in_its_one_written_form(cast: Cast) -> None:
    add(cast)

    edited = fill(cast, f1=" 1 200,50 ")

    assert edited.changed == ("own.f1",)
    assert held(cast) == {"f1": "1200.5"}
    event = Event.get(Event.kind == "task.edited")
    assert event.data["changes"] == {"own.f1": ["", "1200.5"]}


def test_value_is_taken_back(cast: Cast) -> None:
    add(cast)
    fill(cast, f1="5")

    fill(cast, base=2, f1="")

    assert not OwnValue.select().exists()


def test_value_comes_with_a_new_task(cast: Cast) -> None:
    add(cast)
    fields = {"title": "New", "own": {"f1": "7"}}

    made = tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.mila, at=NOW)

    assert queries.of_tasks([made.task_id]) == {made.task_id: {"f1": "7"}}


def test_value_that_does_not_fit_is_refused_at_its_place(cast: Cast) -> None:
    add(cast)
    add(cast, "Day", OwnFieldKind.DATE)

    with pytest.raises(Invalid) as caught:
        fill(cast, f1="much", f2="2025-01-01")

    assert list(caught.value.fields) == ["own.f1"]
    assert held(cast) == {}


def test_field_of_another_project_does_not_exist(cast: Cast) -> None:
    own_fields.add(cast.harbour.project, name="X", kind=OwnFieldKind.TEXT, actor=cast.clea, at=NOW)

    with pytest.raises(NotFound):
        fill(cast, f1="x")


def test_two_people_fill_different_fields(cast: Cast) -> None:
    add(cast)
    add(cast, "Place", OwnFieldKind.TEXT)
    fill(cast, f1="5")

    fill(cast, login="lev", base=1, f1="", f2="Hall")

    assert held(cast) == {"f1": "5", "f2": "Hall"}


def test_two_people_fill_the_same_field(cast: Cast) -> None:
    add(cast)
    fill(cast, f1="5")

    with pytest.raises(EditConflict) as caught:
        fill(cast, login="lev", base=1, f1="6")

    [conflict] = caught.value.conflicts
    assert (conflict.field, conflict.base) == ("own.f1", "")
    assert (conflict.theirs, conflict.yours) == ("5", "6")


def test_choice_that_cards_hold_stays(cast: Cast) -> None:
    field = add(cast, "Form", OwnFieldKind.CHOICE, ["on site", "online"])
    fill(cast, f1="online")

    with pytest.raises(Invalid) as caught:
        own_fields.edit(
            field, {"choices": ["on site"]}, expected_version=None, actor=cast.lev, at=NOW
        )
    own_fields.edit(field, {"choices": ["online"]}, expected_version=None, actor=cast.lev, at=NOW)

    assert "(1)" in caught.value.fields["choices"][0]
    assert OwnField.get_by_id(field).choices == ["online"]


def test_removal_takes_values_only_when_told_to(cast: Cast) -> None:
    field = add(cast)
    fill(cast, f1="5")
    fill(cast, f1="6", task=1)

    with pytest.raises(InUse) as caught:
        own_fields.remove(field, actor=cast.lev, at=NOW)
    own_fields.remove(field, with_values=True, actor=cast.lev, at=NOW)

    assert caught.value.facts == {"count": 2}
    assert not OwnValue.select().exists()
    event = Event.get(Event.kind == "project.own_field_removed")
    assert event.data == {"field": "f1", "name": "Budget", "kind": "number", "tasks": 2}


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_fields_are_closed_to_others(cast: Cast, login: str, error: type[Exception]) -> None:
    field, actor = add(cast), cast.actor(login)

    with pytest.raises(error):
        add(cast, "Mine", login=login)
    with pytest.raises(error):
        own_fields.edit(field, {"name": "x"}, expected_version=None, actor=actor, at=NOW)
    with pytest.raises(error):
        own_fields.place(field, before_id=None, actor=actor, at=NOW)
    with pytest.raises(error):
        own_fields.remove(field, actor=actor, at=NOW)
