"""The pages of the production calendar."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Event, OwnWorkday
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS

YEAR = "/production-calendar?year=2026"
DAY = "/production-calendar/days/2026-09-01"


@pytest.fixture
def dina(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "dina")


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def month(page: BeautifulSoup, number: int) -> dict[str, str]:
    """Return the days of a month in words."""
    cells = page.select(".work-month")[number - 1].select("td.workday")
    return dict(cell.text.split(", ", 1) for cell in cells)


@pytest.mark.one_database
def test_a_year_shows_every_day_in_words_and_its_figures(dina: FlaskClient) -> None:
    page = read(dina, YEAR)

    days = month(page, 1)
    assert (days["8"], days["9"]) == (
        "Public holiday: New Year holidays",
        "Additional day off, moved from 3 Jan 2026",
    )
    assert (days["10"], days["12"]) == ("Weekend", "Working day")
    assert len(page.select("td.workday")) == 365
    figures = {
        row.th.text: [it.text for it in row.select("td")]
        for row in page.select(".work-figures tbody tr")
    }
    assert figures["January"] == ["31", "15", "16", "120"]
    assert figures["Quarter II"] == ["91", "62", "29", "493"]
    assert figures["Half-year I"] == ["181", "117", "64", "933"]
    assert figures["Year"] == ["365", "247", "118", "1972"]


@pytest.mark.one_database
def test_years_lead_to_their_neighbours_and_end_somewhere(dina: FlaskClient) -> None:
    page = read(dina, YEAR)

    assert page.select_one("[rel=prev]")["href"].endswith("year=2025")
    assert page.select_one("[rel=next]")["href"].endswith("year=2027")
    assert not read(dina, "/production-calendar?year=2200").select("[rel=next]")
    assert [dina.get(f"/production-calendar?year={it}").status_code for it in ("2201", "x")] == [
        422,
        422,
    ]


def test_a_year_without_transfers_says_so_until_they_are_in(dina: FlaskClient) -> None:
    address = "/production-calendar?year=2027"
    before = read(dina, address)
    form = before.select_one(".work-year__state form")

    answer = dina.post(
        form["action"], data={"is_confirmed": form.select_one("[type=hidden]")["value"]}
    )

    assert "not entered yet" in before.select_one(".notice--warning").text
    assert (answer.status_code, answer.location) == (303, address)
    assert not read(dina, address).select(".notice--warning")


def test_a_day_is_found_set_and_taken_back_by_forms_alone(dina: FlaskClient) -> None:
    found = dina.get("/production-calendar/days?day=2026-09-01")
    form = read(dina, found.location).select_one("main form")
    version = form.select_one("[name=version]")["value"]

    saved = dina.post(
        form["action"], data={"kind": "day_off", "note": "Day of knowledge", "version": version}
    )

    page = read(dina, saved.location)
    assert (version, saved.status_code) == ("0", 303)
    assert month(page, 9)["1"] == "Additional day off: Day of knowledge"
    assert "Day of knowledge" in page.select_one(".work-special").text
    back = read(dina, DAY).select("main form")[1]
    assert "By the law and the decrees: Working day." in back.text
    dina.post(back["action"], data={"version": back.select_one("[name=version]")["value"]})
    assert month(read(dina, YEAR), 9)["1"] == "Working day"


@pytest.mark.one_database
def test_a_form_that_came_too_late_keeps_what_was_typed(dina: FlaskClient) -> None:
    dina.post(DAY, data={"kind": "day_off", "note": "Theirs", "version": "0"})

    late = dina.post(DAY, data={"kind": "shortened", "note": "Mine", "version": "0"})

    page = BeautifulSoup(late.text, "lxml")
    assert late.status_code == 409
    assert page.select_one("#field-note")["value"] == "Mine"
    assert page.select_one("[name=kind][checked]")["value"] == "shortened"
    assert [it.text.strip() for it in page.select(".theirs")] == ["Additional day off", "Theirs"]
    assert OwnWorkday.get().note == "Theirs"


@pytest.mark.one_database
@pytest.mark.parametrize("given", [{"kind": "weekend"}, {"kind": ""}, {"note": "x" * 201}])
def test_what_cannot_be_taken_comes_back(dina: FlaskClient, given: dict[str, str]) -> None:
    answer = dina.post(DAY, data={"kind": "working", "note": "", "version": "0", **given})

    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select(".field__error")
    assert Event.select().count() == 0


@pytest.mark.one_database
@pytest.mark.parametrize("day", ["2026-02-30", "20260901", "2026-9-1", "1899-12-31", "x"])
def test_a_day_that_is_none_is_not_there(dina: FlaskClient, day: str) -> None:
    assert dina.get(f"/production-calendar/days/{day}").status_code == 404


@pytest.mark.one_database
def test_who_may_not_edit_reads_the_year_without_links(client: FlaskClient, cast: Cast) -> None:
    olga = sign_in(client, "olga")

    page = read(olga, YEAR)

    assert not page.select(".work-month a, main form")
    assert month(page, 11)["4"] == "Public holiday: National Unity Day"
    assert olga.get(DAY).status_code == 403


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_note_is_text_wherever_it_stands(dina: FlaskClient, payload: str) -> None:
    note = " ".join(payload.split())[:200]
    OwnWorkday.create(day=date(2026, 9, 1), kind="holiday", note=note, version=1)
    dina.post("/production-calendar/years/2027", data={"is_confirmed": "1"})

    pages = [read(dina, YEAR), read(dina, DAY)]

    assert f"Public holiday: {note}" in pages[0].select_one(".work-special").text
    assert pages[1].select_one("#field-note")["value"] == note
    assert not any(page.select("main script, main img, main svg, main iframe") for page in pages)
