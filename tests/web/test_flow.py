"""The page of flow: what it says, what its points lead to, and as of which day."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.db import transaction
from pmo.domain.vocabulary import WipKind
from pmo.http import charts
from pmo.models import Column
from pmo.services import archive, boards, tasks
from tests.cast import NOW, Cast, sign_in

EVIL = "<script>alert(1)</script>\ufffe"
DONE_BY = "2025-02-14"


def on(day: int) -> datetime:
    """Return nine o'clock, so many days after the first."""
    return NOW + timedelta(days=day)


def work(cast: Cast, *, finished: int, started: int = 0) -> list[int]:
    """Make cards: each is begun on its day and finished two days later, or only begun."""
    queue, doing, _waiting, done = cast.orchard.columns
    Column.update(wip_limit=None, wip_kind=WipKind.NONE).where(Column.id == doing).execute()
    made = []
    for day in range(finished + started):
        who = {"actor": cast.lev}
        it = tasks.create(queue, fields={"title": f"Card {day}"}, at=on(day), **who).task_id
        tasks.place(it, column_id=doing, at=on(day), **who)
        if day < finished:
            tasks.place(it, column_id=done, at=on(day + 2), **who)
        made.append(it)
    return made


def page(client: FlaskClient, cast: Cast, query: str = f"?as_of={DONE_BY}") -> BeautifulSoup:
    answer = client.get(f"/projects/{cast.orchard.project}/flow{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def facts(found: BeautifulSoup) -> dict[str, str]:
    return {
        it.dt.text: it.select_one(".fact-tile__value").find(string=True).strip()
        for it in found.select(".fact-tile")
    }


def behind(client: FlaskClient, address: str) -> list[str]:
    found = BeautifulSoup(client.get(address).text, "lxml")
    return [" ".join(it.text.split()) for it in found.select(".row__main a")]


def test_the_figures_tell_what_the_journal_tells(client: FlaskClient, cast: Cast) -> None:
    work(cast, finished=12, started=3)
    client = sign_in(client, "olga")

    found = page(client, cast)

    told = facts(found)
    assert told["In work"] == "3"
    assert told["Finished"] == "12"
    assert told["Service-level expectation"] == "3 days"
    assert told["Flow efficiency"] == "100\xa0%"
    assert [it["id"] for it in found.select("figure")] == [
        "figure-cumulative",
        "figure-throughput",
        "figure-cycle",
        "figure-ageing",
    ]
    assert not found.select("[style], svg script, svg style, svg [id]")


def test_every_point_and_every_number_opens_into_its_cards(client: FlaskClient, cast: Cast) -> None:
    work(cast, finished=12, started=3)
    client = sign_in(client, "olga")

    found = page(client, cast)

    links = {a["href"] for a in found.select("figure a[href], .fact-tiles a")}
    by_figure: dict[str, list[str]] = {}
    for it in sorted(links):
        by_figure.setdefault(parse_qs(urlsplit(it).query)["figure"][0], []).append(it)
    assert set(by_figure) == {"wip", "finished", "level", "cycle", "age", "cumulative"}
    assert behind(client, by_figure["wip"][0]) == [f"ШШ-{it} Card {it - 4}" for it in (16, 17, 18)]
    [first] = [it for it in by_figure["cycle"] if "day=2025-01-17" in it]
    assert behind(client, first) == ["ШШ-4 Card 0"]
    [oldest] = [it for it in by_figure["age"] if "days=19" in it]
    assert behind(client, oldest) == ["ШШ-16 Card 12"]
    bar = next(it for it in by_figure["finished"] if "starts_on=2025-01-17" in it)
    assert behind(client, bar) == ["ШШ-4 Card 0"]
    doing = [it for it in by_figure["cumulative"] if f"day={DONE_BY}&step=c2" in it]
    assert len(behind(client, doing[0])) == 3
    for figure in found.select("figure"):
        drawn = {a["href"] for a in figure.select("svg a")}
        assert drawn
        assert drawn == {a["href"] for a in figure.select("td a")}


def test_a_past_day_is_seen_as_it_was_known_then(client: FlaskClient, cast: Cast) -> None:
    made = work(cast, finished=12)
    client = sign_in(client, "olga")
    before = facts(page(client, cast))

    tasks.place(made[0], column_id=cast.orchard.columns[0], actor=cast.lev, at=on(40))
    archive.archive(made[1], actor=cast.lev, at=on(41))

    assert facts(page(client, cast)) == before
    assert facts(page(client, cast, f"?as_of={on(42).date()}"))["Finished"] == "11"
    assert "This is what was known on the evening of 14 Feb 2025." in page(client, cast).text


def test_too_little_is_said_and_not_computed(client: FlaskClient, cast: Cast) -> None:
    work(cast, finished=4)
    client = sign_in(client, "olga")

    found = page(client, cast)

    assert facts(found)["Service-level expectation"] == "–"
    assert "Too little data: 4 finished of the 11 that it needs." in found.text
    empty = page(client, cast, "?as_of=2024-01-01")
    assert not empty.select("svg.chart__drawing")
    assert "There was no card on the boards in this time." in empty.text


@pytest.mark.one_database
def test_names_of_columns_are_texts_wherever_they_stand(client: FlaskClient, cast: Cast) -> None:
    work(cast, finished=1, started=2)
    who = {"expected_version": None, "actor": cast.lev, "at": on(20)}
    boards.edit_column(cast.orchard.columns[1], changes={"name": EVIL}, **who)

    answer = sign_in(client, "olga").get(f"/projects/{cast.orchard.project}/flow?as_of={DONE_BY}")

    assert EVIL not in answer.text
    found = BeautifulSoup(answer.text, "lxml")
    assert EVIL.replace("\ufffe", "�") in {it.text for it in found.select("svg text")}
    assert EVIL in {it.text for it in found.select("figure td, figure th")}


@pytest.mark.one_database
def test_titles_and_reasons_are_texts_in_the_list_of_cards(client: FlaskClient, cast: Cast) -> None:
    [card] = work(cast, finished=0, started=1)
    changes = {"title": EVIL, "blocked_reason": f"No {EVIL}"}
    tasks.edit(card, changes, base_version=1, actor=cast.lev, at=on(3))

    address = f"/projects/{cast.orchard.project}/flow/tasks?figure=blocked&as_of={DONE_BY}"
    answer = sign_in(client, "olga").get(address)

    assert EVIL not in answer.text
    found = BeautifulSoup(answer.text, "lxml").select_one(".row")
    assert EVIL in found.a.text
    assert f"No {EVIL}" in found.p.text


@pytest.mark.one_database
def test_several_boards_share_their_meanings_and_each_has_its_columns(
    client: FlaskClient, cast: Cast
) -> None:
    work(cast, finished=1, started=2)
    with transaction():
        second = boards.create_default(
            cast.orchard.project, name="Other", actor=cast.lev, at=on(1)
        ).board_id
    client = sign_in(client, "olga")

    found = page(client, cast)
    heads = [it.text for it in found.select("#figure-cumulative thead th")]
    assert heads == ["Day", "Queue", "In progress", "Waiting", "Done"]
    own = page(client, cast, f"?as_of={DONE_BY}&board={cast.orchard.board}")
    assert [it["value"] for it in own.select("option[selected]")] == [str(cast.orchard.board)]
    none = page(client, cast, f"?as_of={DONE_BY}&board={second}")
    assert (
        "There was no card on the boards in this time."
        in none.select_one("#figure-cumulative").text
    )


@pytest.mark.one_database
def test_periods_are_chosen_by_link_or_day(client: FlaskClient, cast: Cast) -> None:
    work(cast, finished=12)
    client = sign_in(client, "olga")

    found = page(client, cast, f"?period=30&as_of={DONE_BY}")

    [present] = found.select(".flow-period [aria-current]")
    assert present.text == "30 days"
    assert found.select_one("#flow-first")["value"] == "2025-01-16"
    own = page(client, cast, f"?period=own&first=2025-01-20&last=2025-01-22&as_of={DONE_BY}")
    assert facts(own)["Finished"] == "3"
    assert facts(page(client, cast, "?period=own&first=0001-01-01&as_of=0001-01-02"))
    assert client.get(f"/projects/{cast.orchard.project}/flow?board=999").status_code == 404
    assert client.get(f"/projects/{cast.orchard.project}/flow?period=ever").status_code == 422


def test_the_page_is_kept_until_something_happens(client: FlaskClient, cast: Cast) -> None:
    made = work(cast, finished=3, started=1)
    client = sign_in(client, "olga")
    page(client, cast)
    with count_queries(only_select=True) as warm:
        page(client, cast)
    assert warm.count <= 7

    tasks.place(made[3], column_id=cast.orchard.columns[3], actor=cast.lev, at=on(10))

    assert facts(page(client, cast))["Finished"] == "4"


@pytest.mark.one_database
def test_statements_do_not_grow_with_cards(client: FlaskClient, cast: Cast) -> None:
    client = sign_in(client, "olga")

    def statements() -> int:
        charts.forget()
        with count_queries() as counted:
            page(client, cast)
            client.get(f"/projects/{cast.orchard.project}/flow/tasks?figure=finished")
        return counted.count

    work(cast, finished=1)
    few = statements()
    work(cast, finished=12, started=5)

    assert statements() == few


@pytest.mark.one_database
def test_a_stranger_finds_nothing(client: FlaskClient, cast: Cast) -> None:
    client = sign_in(client, "clea")

    assert client.get(f"/projects/{cast.orchard.project}/flow").status_code == 404
    assert client.get(f"/projects/{cast.orchard.project}/flow/tasks").status_code == 404
