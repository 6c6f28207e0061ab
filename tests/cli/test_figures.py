"""`pmo figures rebuild`."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result

from pmo import clock
from pmo import db as pmo_db
from pmo.models import FlowDay
from pmo.services import tasks
from tests.cast import assemble

Run = Callable[..., Result]


@pytest.mark.one_database
def test_a_rebuilding_says_whether_all_was_right(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        cast = assemble()
        at = clock.now() - timedelta(days=3)
        fields = {"title": "New"}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=at)

    first = pmo("figures", "rebuild", "--check")
    pmo_db.bind(database_url)
    with pmo_db.connection():
        FlowDay.update(remaining=9).execute()
    said = [pmo("figures", "rebuild", *more) for more in (("--check",), (), ("--check",))]

    assert first.stdout == "Figures of 1 projects from 1 events: days 1, wrong 0.\n"
    assert [(it.exit_code, it.stdout.split()[-1]) for it in said] == [
        (1, "2."),
        (0, "2."),
        (0, "0."),
    ]
