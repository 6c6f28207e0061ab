"""Programmes and strategic projects."""

from datetime import date

import pytest

from pmo.errors import AlreadyTaken, Forbidden, NotFound, StaleVersion
from pmo.models import Event, Programme, StrategicProject
from pmo.services import programmes
from tests.cast import NOW, Cast


def test_programme_is_added_with_its_period(cast: Cast) -> None:
    fields = {"name": "Up to 2027", "period": "до 2027 года"}

    programme_id = programmes.add(fields, actor=cast.dina, at=NOW)

    programme = Programme.get_by_id(programme_id)
    assert programme.period.ends_on == date(2027, 12, 31)
    assert Event.get().data == {"programme": programme.key, "name": "Up to 2027"}


def test_key_in_use_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyTaken):
        programmes.add({"name": "Again"}, key="growth", actor=cast.dina, at=NOW)


def test_keys_of_their_own_do_not_collide(cast: Cast) -> None:
    made = {programmes.add({"name": "P"}, actor=cast.dina, at=NOW) for _ in range(3)}

    keys = {row.key for row in Programme.select().where(Programme.id.in_(made))}
    assert len(keys) == 3


def test_edit_writes_over_the_version_it_saw(cast: Cast) -> None:
    given = {"expected_version": 1, "actor": cast.dina, "at": NOW}

    programmes.edit(cast.orchard.programme, {"name": "Change"}, **given)
    with pytest.raises(StaleVersion):
        programmes.edit(cast.orchard.programme, {"name": "Other"}, **given)

    assert Programme.get_by_id(cast.orchard.programme).name == "Change"
    assert Event.get().data["changes"] == {"name": ["Growth", "Change"]}


def test_strategic_project_is_added_at_the_end_and_edited(cast: Cast) -> None:
    strategic_id = programmes.add_strategic_project(
        cast.orchard.programme, {"name": "Schools"}, actor=cast.dina, at=NOW
    )
    programmes.edit_strategic_project(
        strategic_id, {"description": "Text"}, expected_version=1, actor=cast.dina, at=NOW
    )

    row = StrategicProject.get_by_id(strategic_id)
    assert (row.position, row.description, row.version) == (2, "Text", 2)


def test_unknown_ones_are_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        programmes.edit(10**6, {"name": "x"}, expected_version=None, actor=cast.dina, at=NOW)
    with pytest.raises(NotFound):
        programmes.add_strategic_project(10**6, {"name": "x"}, actor=cast.dina, at=NOW)


@pytest.mark.parametrize("login", ["lev", "mila", "olga"])
def test_cascade_is_for_the_office(cast: Cast, login: str) -> None:
    actor = cast.actor(login)

    with pytest.raises(Forbidden):
        programmes.add({"name": "Mine"}, actor=actor, at=NOW)
    with pytest.raises(Forbidden):
        programmes.edit(
            cast.orchard.programme, {"name": "x"}, expected_version=None, actor=actor, at=NOW
        )
    with pytest.raises(Forbidden):
        programmes.add_strategic_project(cast.orchard.programme, {"name": "x"}, actor=actor, at=NOW)
    with pytest.raises(Forbidden):
        programmes.edit_strategic_project(
            cast.orchard.strategic_project,
            {"name": "x"},
            expected_version=None,
            actor=actor,
            at=NOW,
        )

    assert not Event.select().exists()
