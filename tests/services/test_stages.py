"""Stages: adding, editing, their order, removing."""

from datetime import date

import pytest

from pmo.errors import Forbidden, InUse, NotFound, StaleVersion
from pmo.models import Board, Event, Stage
from pmo.services import stages
from tests.cast import NOW, Cast


def order(cast: Cast) -> list[str]:
    found = Stage.select().where(Stage.project == cast.orchard.project)
    return [stage.key for stage in found.order_by(Stage.position)]


def add(cast: Cast, login: str = "lev", **fields: str) -> int:
    given = {"name": "Final", **fields}
    return stages.add(cast.orchard.project, given, actor=cast.actor(login), at=NOW)


def test_stage_is_added_at_the_end_with_the_days_of_its_period(cast: Cast) -> None:
    stage_id = add(cast, period="сентябрь – октябрь 2025 г.")

    stage = Stage.get_by_id(stage_id)
    assert order(cast) == ["s1", "s2", "s3"]
    assert (stage.starts_on, stage.ends_on) == (date(2025, 9, 1), date(2025, 10, 31))
    assert stage.period.text == "сентябрь – октябрь 2025 г."
    assert Event.get(Event.kind == "project.stage_added").data == {"stage": "s3", "name": "Final"}
    assert Board.get_by_id(cast.orchard.board).revision == 2


def test_period_that_is_not_understood_is_kept_without_days(cast: Cast) -> None:
    stage = Stage.get_by_id(add(cast, period="когда рак свистнет"))

    assert stage.period.text == "когда рак свистнет"
    assert not stage.period.understood
    assert (stage.starts_on, stage.ends_on) == (None, None)


def test_bare_month_keeps_the_year_it_was_given(cast: Cast) -> None:
    stage_id = add(cast, period="октябрь")
    later = NOW.replace(year=2027)

    stages.edit(
        stage_id,
        {"name": "Last", "period": "октябрь"},
        expected_version=1,
        actor=cast.lev,
        at=later,
    )

    assert Stage.get_by_id(stage_id).starts_on == date(2024, 10, 1)


def test_edit_tells_what_changed(cast: Cast) -> None:
    changes = {"name": "Stage 1", "period": "2025 год"}

    stages.edit(cast.orchard.stages[0], changes, expected_version=1, actor=cast.lev, at=NOW)

    assert Event.get().data == {
        "stage": "s1",
        "changes": {
            "period": [None, "2025 год"],
        },
    }


def test_edit_over_an_older_version_is_refused(cast: Cast) -> None:
    stage_id = cast.orchard.stages[0]
    stages.edit(stage_id, {"name": "A"}, expected_version=1, actor=cast.lev, at=NOW)

    with pytest.raises(StaleVersion):
        stages.edit(stage_id, {"name": "B"}, expected_version=1, actor=cast.lev, at=NOW)


def test_stages_change_places(cast: Cast) -> None:
    third = add(cast)

    stages.place(third, before_id=cast.orchard.stages[0], actor=cast.lev, at=NOW)
    assert order(cast) == ["s3", "s1", "s2"]

    stages.place(cast.orchard.stages[0], before_id=None, actor=cast.lev, at=NOW)
    assert order(cast) == ["s3", "s2", "s1"]


def test_stage_that_stays_where_it_is_leaves_no_event(cast: Cast) -> None:
    stages.place(cast.orchard.stages[0], before_id=cast.orchard.stages[1], actor=cast.lev, at=NOW)

    assert order(cast) == ["s1", "s2"]
    assert not Event.select().exists()


def test_stage_of_another_project_is_no_neighbour(cast: Cast) -> None:
    with pytest.raises(NotFound):
        stages.place(
            cast.orchard.stages[0], before_id=cast.harbour.stages[0], actor=cast.lev, at=NOW
        )

    assert order(cast) == ["s1", "s2"]


def test_stage_with_cards_stays(cast: Cast) -> None:
    with pytest.raises(InUse) as caught:
        stages.remove(cast.orchard.stages[0], actor=cast.lev, at=NOW)

    assert caught.value.facts == {"count": 3}
    assert order(cast) == ["s1", "s2"]


def test_empty_stage_goes(cast: Cast) -> None:
    stages.remove(cast.orchard.stages[1], actor=cast.lev, at=NOW)

    assert order(cast) == ["s1"]
    assert Event.get().data == {"stage": "s2", "name": "Stage 2"}


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_stages_are_closed_to_others(cast: Cast, login: str, error: type[Exception]) -> None:
    actor, stage_id = cast.actor(login), cast.orchard.stages[1]

    with pytest.raises(error):
        add(cast, login)
    with pytest.raises(error):
        stages.edit(stage_id, {"name": "Mine"}, expected_version=None, actor=actor, at=NOW)
    with pytest.raises(error):
        stages.place(stage_id, before_id=None, actor=actor, at=NOW)
    with pytest.raises(error):
        stages.remove(stage_id, actor=actor, at=NOW)

    assert order(cast) == ["s1", "s2"]
    assert not Event.select().exists()
