"""`pmo search rebuild`, and the upgrade that builds the index when there is none."""

from collections.abc import Callable

from click.testing import Result

from pmo import db as pmo_db
from pmo.models import SearchEntry, SearchState
from pmo.queries.search import search
from tests.cast import assemble

Run = Callable[..., Result]


def test_rebuilding_makes_the_index_anew(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        cast = assemble()
        SearchEntry.delete().execute()

    result = pmo("search", "rebuild")

    assert result.stdout == "Search index built: entries 10.\n"
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assert search("orchard", cast.lev).total == 5


def test_an_upgrade_builds_the_index_once(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assemble()
        SearchState.delete().execute()

    said = [pmo("db", "upgrade").stdout for _ in range(2)]

    assert said == ["Search index built: entries 10.\n", ""]


def test_an_upgrade_builds_an_index_of_other_rules_anew(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assemble()
        SearchState.update(version=0).execute()

    assert pmo("db", "upgrade").stdout == "Search index built: entries 10.\n"
