"""Figures by day that are kept: always what the journal makes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw
import pytest
from hypothesis import HealthCheck, given, settings

from pmo import db as pmo_db
from pmo import migrations
from pmo.documents import portfolio_file
from pmo.domain.flow import computing, daily, wip
from pmo.domain.flow.days import end_of, on, window
from pmo.domain.flow.figures import Figures
from pmo.models import FlowDay, FlowState, Project
from pmo.queries import flow_days as queries
from pmo.queries import flow_events
from pmo.services import flow_days
from tests.cast import Cast
from tests.plays import START, STEPS, ZONE, Play

DAY = timedelta(days=1)

Kept = list[tuple[datetime, Figures, list[Any]]]


def figures_at(cast: Cast, moment: datetime) -> tuple[Figures, list[Any]]:
    lives = flow_events.lives(cast.orchard.project).lives
    found = computing.of(lives, window(lives, moment, ZONE), ZONE)
    return found, daily.of(lives, on(moment, ZONE) - DAY, ZONE)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_what_is_kept_is_what_the_journal_makes_and_the_past_stays(
    steps: list[tuple[str, int, int, int]], cast: Cast, db: pw.Database
) -> None:
    with db.atomic() as transaction:
        play = Play(cast)
        told: Kept = []
        for step in steps:
            play.do(*step)
            told.append((play.at, *figures_at(cast, play.at)))
            flow_days.keep(play.at, play.at.date())

        for moment, figures, days in told:
            assert figures_at(cast, moment) == (figures, days)
        lives = flow_events.lives(cast.orchard.project).lives
        last_on = play.at.date() - DAY
        assert queries.kept(cast.orchard.project, date.max) == daily.of(lives, last_on, ZONE)
        done = flow_days.rebuild(play.at, play.at.date(), only_compare=True)
        assert done.differing == 0
        for day in daily.filled(daily.of(lives, last_on, ZONE), START.date(), last_on):
            evening = end_of(day.day, ZONE)
            assert day.in_work == len(wip.tasks_at(lives, evening))
            open_ = [life for life in lives.values() if life.is_open(evening)]
            assert day.remaining == len(open_)
            assert day.remaining_weight == sum(life.weight(evening) for life in open_)
            assert day.blocked == sum(life.blocked_for(evening) is not None for life in open_)
            finished = [life.finished_at(evening) for life in lives.values()]
            assert day.finished == sum(
                it is not None and on(it, ZONE) == day.day for it in finished
            )
        transaction.rollback()


@pytest.mark.one_database
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_an_imported_portfolio_has_the_figures_that_it_had(
    steps: list[tuple[str, int, int, int]],
    cast: Cast,
    db: pw.Database,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with db.atomic() as transaction:
        play = Play(cast)
        for step in steps:
            play.do(*step)
        data = portfolio_file.export_file(format="json", actor=None, at=play.at)
        told = figures_of_all(play.at)
        transaction.rollback()
    pmo_db.bind(f"sqlite:///{tmp_path_factory.mktemp('again')}/pmo.sqlite3")
    migrations.upgrade()
    with pmo_db.connection():
        portfolio_file.import_file(data, format="json", actor=None, at=play.at)
        assert figures_of_all(play.at) == told
    pmo_db.database.close_all()
    pmo_db.database.initialize(db)


def figures_of_all(moment: datetime) -> dict[str, Figures]:
    """Return the figures of the cards that were played with, by the code of the project."""
    found = {}
    for project_id, code in Project.select(Project.id, Project.code).tuples():
        all_lives = flow_events.lives(project_id).lives
        lives = {number: life for number, life in all_lives.items() if number > 3}
        found[code] = computing.of(lives, window(lives, moment, ZONE), ZONE)
    return found


@pytest.fixture
def played(cast: Cast) -> Cast:
    """Let a card be made on the first day, begun on the second and done on the fourth."""
    play = Play(cast)
    for step in (("create", 0, 0, 0), ("move", 0, 1, 24), ("move", 0, 3, 48)):
        play.do(*step)
    return cast


def keep(days: float) -> None:
    at = START + timedelta(days=days)
    flow_days.keep(at, at.date())


def in_work(cast: Cast, last: int) -> list[tuple[int, int]]:
    days = queries.of_project(
        cast.orchard.project,
        cast.olga,
        first_on=START.date(),
        last_on=START.date() + last * DAY,
        zone=ZONE,
    )
    return [(it.in_work, it.finished) for it in days]


def test_the_same_is_read_whether_it_is_kept_or_not(played: Cast) -> None:
    before = in_work(played, 5)
    keep(6)

    assert queries.is_kept(played.orchard.project, START.date() + 5 * DAY, ZONE)
    assert in_work(played, 5) == before == [(0, 0), (1, 0), (1, 0), (0, 1), (0, 0), (0, 0)]


def test_days_on_which_nothing_changed_are_not_kept_and_still_told(played: Cast) -> None:
    keep(2.9)
    assert FlowDay.select().count() == 2

    keep(3.9)
    keep(60)

    assert [it.day for it in FlowDay.select().order_by(FlowDay.day)] == [
        START.date() + number * DAY for number in (0, 1, 3)
    ]
    assert FlowState.get().is_complete
    assert len(in_work(played, 80)) == 81


def test_what_was_added_to_a_day_that_is_kept_is_brought_in(played: Cast) -> None:
    keep(6)
    late = Play(played)
    late.at = START + timedelta(hours=5)
    late.do("create", 0, 1, 0)

    assert in_work(played, 0) == [(1, 0)]
    keep(7)
    assert in_work(played, 0) == [(1, 0)]
    assert FlowDay.select().order_by(FlowDay.day).first().in_work == 1


def test_what_is_dated_ahead_comes_in_on_its_day(played: Cast) -> None:
    play = Play(played)
    for days, column in ((20, 1), (6, 0)):
        play.at = START + timedelta(days=days)
        play.do("create", 0, column, 0)
    keep(7)
    keep(25)

    assert queries.is_kept(played.orchard.project, START.date() + 24 * DAY, ZONE)
    assert in_work(played, 21)[18:] == [(0, 0), (0, 0), (1, 0), (1, 0)]


Spoil = Callable[[], Any]


@pytest.mark.one_database
@pytest.mark.parametrize(
    "spoil",
    [
        lambda: FlowDay.update(in_work=7).where(FlowDay.in_work == 1).execute(),
        lambda: FlowDay.delete().where(FlowDay.in_work == 1).execute(),
    ],
)
def test_a_rebuilding_finds_and_mends_what_is_wrong(played: Cast, spoil: Spoil) -> None:
    keep(6)
    right = queries.kept(played.orchard.project, date.max)
    spoil()
    at = START + 6 * DAY

    found = flow_days.rebuild(at, at.date(), only_compare=True)
    mended = flow_days.rebuild(at, at.date())
    again = flow_days.rebuild(at, at.date(), only_compare=True)

    assert found.differing == mended.differing > 0 == again.differing
    assert queries.kept(played.orchard.project, date.max) == right


@pytest.mark.one_database
def test_another_zone_or_other_rules_make_all_anew(played: Cast) -> None:
    keep(6)
    FlowState.update(rules=0).execute()
    assert not queries.is_kept(played.orchard.project, START.date(), ZONE)
    keep(6)
    assert queries.is_kept(played.orchard.project, START.date(), ZONE)

    far = ZoneInfo("Asia/Kamchatka")
    at = (START + 6 * DAY).astimezone(far)
    flow_days.keep(at, at.date())

    assert FlowState.get().zone == str(far)
    assert not queries.is_kept(played.orchard.project, START.date(), ZONE)


def test_a_slower_process_overwrites_nothing(played: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = daily.of

    def overtaken(*args: Any) -> Any:
        made = usual(*args)
        monkeypatch.setattr(daily, "of", usual)
        keep(8)
        return [replace(it, in_work=99) for it in made]

    monkeypatch.setattr(daily, "of", overtaken)
    keep(6)

    assert FlowState.get().kept_to == START.date() + 7 * DAY
    assert FlowDay.select().where(FlowDay.in_work == 99).count() == 0
