"""Editing a passport."""

import pytest

from pmo.errors import Forbidden, NotFound, StaleVersion
from pmo.models import Event, Passport
from pmo.services import passports
from tests.cast import NOW, Cast


def edit(cast: Cast, login: str, version: int | None = 1, **values: object) -> None:
    passports.edit(
        cast.orchard.project, values, expected_version=version, actor=cast.actor(login), at=NOW
    )


def test_given_fields_are_written_others_stay(cast: Cast) -> None:
    edit(cast, "lev", objectives=["one", "two"], concept="")

    passport = Passport.get_by_id(cast.orchard.project)
    assert passport.objectives == ["one", "two"]
    assert passport.goal == "The goal of Orchard"
    assert passport.version == 2
    event = Event.get(Event.kind == "project.passport_edited")
    assert event.data == {"changes": {"objectives": [[], ["one", "two"]]}}


def test_second_editor_over_the_same_version_is_refused(cast: Cast) -> None:
    edit(cast, "lev", goal="Lev's")

    with pytest.raises(StaleVersion):
        edit(cast, "dina", goal="Dina's")

    assert Passport.get_by_id(cast.orchard.project).goal == "Lev's"


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_passport_is_closed_to_others(cast: Cast, login: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        edit(cast, login, goal="Mine")

    assert Passport.get_by_id(cast.orchard.project).version == 1


@pytest.mark.parametrize("name", ["version", "project", "colour"])
def test_other_names_are_a_fault_of_the_caller(cast: Cast, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        passports.edit(cast.orchard.project, {name: 2}, expected_version=1, actor=cast.lev, at=NOW)
