"""Pages of a project's sprints, and of each."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import SprintPolicy, SprintState, WeightUnit
from pmo.models import Project, Sprint, SprintPerson, Task
from pmo.services import sprint_scope, tasks
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS
from tests.services.test_sprints import begun, close, edit, expect, lay_out, put

LAYOUT = {"count": 3, "starts_on": "2025-01-13", "weeks": 4, "trial_weeks": 2, "policy": "rolling"}


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def text(found: BeautifulSoup) -> str:
    return " ".join(found.get_text(" ").split())


def test_a_lead_lays_sprints_out_and_sees_them_in_order(client: FlaskClient, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/sprints"
    sign_in(client, "lev")
    assert "No sprints yet" in text(page(client, address))

    answer = client.post(address, data={**LAYOUT, "weight_unit": "hours"})

    shown = page(client, address)
    assert answer.status_code == 303
    assert [it.text for it in shown.select("tbody th")] == [
        "Trial sprint",
        "Sprint 1 of 3",
        "Sprint 2 of 3",
        "Sprint 3 of 3",
    ]
    assert [it.text for it in shown.select("tbody .button")] == ["Plan it"]
    assert "takes cards once trial sprint is closed" in text(shown)
    assert Project.get_by_id(cast.orchard.project).weight_unit is WeightUnit.HOURS


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weeks": "2"}, "From 3 to 12."),
        ({"count": "0"}, "From 1 to 40."),
        ({"count": "x"}, "whole number"),
        ({"starts_on": ""}, "A day is expected"),
        ({"policy": "agile"}, ""),
    ],
)
def test_a_layout_that_cannot_be_comes_back_with_what_was_typed(
    client: FlaskClient, cast: Cast, given: dict[str, str], said: str
) -> None:
    sign_in(client, "lev")

    answer = client.post(
        f"/projects/{cast.orchard.project}/sprints", data={**LAYOUT, "trial_weeks": 1, **given}
    )

    shown = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert said in " ".join(it.text for it in shown.select(".field__error"))
    assert shown.select_one("[name=trial_weeks]")["value"] == "1"
    assert not Sprint.select().exists()


def test_the_number_is_fixed_and_the_page_says_so(client: FlaskClient, cast: Cast) -> None:
    begun(cast)
    address = f"/projects/{cast.orchard.project}/sprints"
    sign_in(client, "lev")

    assert "Lay the sprints out" not in text(page(client, address))
    answer = client.post(address, data={**LAYOUT, "count": 4})

    assert answer.status_code == 409
    assert "fixed at the start: 3" in answer.text


def test_the_policy_is_explained_and_changed(client: FlaskClient, cast: Cast) -> None:
    begun(cast)
    sign_in(client, "lev")
    place = f"/projects/{cast.orchard.project}/sprint-settings"
    client.post(place, data={"policy": "free", "weight_unit": "hours"})

    shown = text(page(client, f"/projects/{cast.orchard.project}/sprints"))

    assert "Any sprint that is not closed takes cards, and sprints can be added" in shown
    assert "Add sprints" in shown
    assert Project.get_by_id(cast.orchard.project).sprint_policy is SprintPolicy.FREE


def test_goal_days_and_people_are_edited_in_one_form(client: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    sign_in(client, "lev")
    form = {"version": 1, "starts_on": "2025-01-13", "ends_on": "2025-01-24", "people": 1}
    shares = {f"percent.{cast.mila.user_id}": "50", f"days_off.{cast.mila.user_id}": "2"}

    answer = client.post(
        f"/sprints/{trial}",
        data={**form, **shares, "goal": "Try it", f"percent.{cast.lev.user_id}": ""},
    )
    shown = text(page(client, f"/sprints/{trial}"))
    stale = client.post(f"/sprints/{trial}", data={**form, **shares, "goal": "Mine"})

    assert answer.status_code == 303
    assert "Try it" in shown
    assert "Mila 50 %, 2 days off 4 32" in shown  # of nine working days, one is eight hours
    assert SprintPerson.select().count() == 1
    assert stale.status_code == 409
    assert "Mine" in stale.text
    assert Sprint.get_by_id(trial).goal == "Try it"


@pytest.mark.parametrize(
    "given",
    [{"percent": "101"}, {"percent": "x"}, {"days_off": "85"}, {"days_off": "-1"}],
)
def test_a_share_that_cannot_be_is_refused(
    client: FlaskClient, cast: Cast, given: dict[str, str]
) -> None:
    [trial, *_] = lay_out(cast)
    shares = {"percent": "50", "days_off": "0", **given}
    names = {f"{name}.{cast.mila.user_id}": value for name, value in shares.items()}

    answer = sign_in(client, "lev").post(
        f"/sprints/{trial}", data={"version": 1, "people": 1, **names}
    )

    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select("#error-people")
    assert not SprintPerson.select().exists()


def test_a_sprint_starts_or_says_what_is_missing(client: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    sign_in(client, "lev")
    place = f"/sprints/{trial}/start"

    empty = client.post(place, data={"version": 1})
    put(cast, trial, [cast.orchard.tasks[0]])
    without = client.post(place, data={"version": 1})
    expect(cast, 0)
    stale = client.post(place, data={"version": 7})
    started = client.post(place, data={"version": 1})

    assert (empty.status_code, without.status_code, stale.status_code) == (409, 409, 409)
    assert "Nothing to start with: trial sprint has no cards yet." in empty.text
    assert "fill in the expected result of ШШ-1" in without.text
    assert started.status_code == 303
    assert Sprint.get_by_id(trial).state is SprintState.ACTIVE


def test_changes_since_the_start_are_told_with_who_and_why(client: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    put(cast, ids[0], expect(cast, 1), reason="Asked for by the head")
    first, second = (Task.get_by_id(cast.orchard.tasks[place]) for place in (0, 1))
    new = {"weight": first.weight + 4}
    tasks.edit(first.id, new, base_version=1, actor=cast.mila, at=NOW)
    sprint_scope.take_out(cast.orchard.project, [first.id], actor=cast.lev, at=NOW)

    lines = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in page(sign_in(client, "olga"), f"/sprints/{ids[0]}").select("tbody tr")
        if len(row.select("td")) == 5
    ]

    assert [(line[0], line[2], line[3].split()[0], line[4]) for line in lines] == [
        ("Added", f"+{second.weight}", "Lev", "Asked for by the head"),
        ("Re-estimated", f"{first.weight} → {first.weight + 4}", "Mila", "–"),
        ("Removed", f"−{first.weight + 4}", "Lev", "–"),
    ]


def test_who_only_reads_is_offered_no_change(client: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    sign_in(client, "mila")

    shown = page(client, f"/sprints/{ids[0]}")

    assert not shown.select("main form")
    assert not shown.select(f"a[href='/sprints/{ids[0]}/planning']")
    assert client.get(f"/sprints/{ids[0]}/planning").status_code == 403
    assert client.post(f"/sprints/{ids[1]}/start", data={"version": 1}).status_code == 403


def test_project_and_board_lead_to_the_sprints(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "olga")
    link = f"a[href='/projects/{cast.orchard.project}/sprints']"

    assert page(client, f"/projects/{cast.orchard.project}").select(link)
    assert page(client, f"/boards/{cast.orchard.board}").select(link)


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_written_is_markup(client: FlaskClient, cast: Cast, payload: str) -> None:
    ids = begun(cast)
    edit(cast, ids[0], goal=payload)
    put(cast, ids[0], expect(cast, 1), reason=payload)
    sign_in(client, "lev")

    for address in (
        f"/sprints/{ids[0]}",
        f"/sprints/{ids[0]}/edit",
        f"/projects/{cast.orchard.project}/sprints",
        f"/tasks/{cast.orchard.tasks[1]}",
    ):
        main = page(client, address).select_one("main")
        assert main is not None
        assert not main.select("svg[onload], img, iframe, style, [autofocus]")
        assert all("alert(1)" not in script.text for script in main.select("script"))
        assert payload in " ".join([main.text, *(it.text for it in main.select("textarea"))])


def test_statements_do_not_grow_with_cards_and_changes(client: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    sign_in(client, "lev")
    client.get(f"/sprints/{ids[0]}")

    def counted() -> int:
        with count_queries() as found:
            assert client.get(f"/sprints/{ids[0]}").status_code == 200
        return found.count

    put(cast, ids[0], expect(cast, 1))
    before = counted()
    for _ in range(3):
        made = tasks.create(
            cast.orchard.columns[0],
            fields={"title": "More", "expected_result": "A list"},
            actor=cast.lev,
            at=NOW,
        )
        put(cast, ids[0], [made.task_id])

    assert counted() == before


def test_a_closed_sprint_is_only_read(client: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    close(ids[0])

    shown = page(sign_in(client, "lev"), f"/sprints/{ids[0]}")

    assert not shown.select("main form")
    assert "Closed" in text(shown)
