"""Pages of the cyclogram, without JavaScript."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from pmo import clock
from pmo.models import Event, Notification, Recurrence, Task
from pmo.services import boards, recurring_cards, tasks
from tests.cast import NOW, Cast, sign_in

pytestmark = pytest.mark.one_database

PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def client(app: Any, cast: Cast) -> FlaskClient:
    assert cast
    return sign_in(app.test_client(), "lev")


def form(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "title": "Совещание",
        "column_id": cast.orchard.columns[0],
        "kind": "event",
        "stage_id": "",
        "weight": "1",
        "rule": "monthly",
        "month_from": "",
        "month_to": "",
        "day": "",
        "times": "",
        "starts_on": "2025-01-01",
        "until": "",
        "days_ahead": "0",
        "checklist": "Зал\n\nПовестка\n",
        **values,
    }


def add(client: FlaskClient, cast: Cast, **values: Any) -> int:
    address = f"/projects/{cast.orchard.project}/recurrences"
    assert client.post(address, data=form(cast, **values)).status_code == 303
    return int(Recurrence.select().order_by(Recurrence.id.desc()).get().id)


def tick() -> None:
    now = clock.now()
    recurring_cards.make_due(now, now.date())


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def test_recurring_task_is_added_and_stands_in_the_table(client: FlaskClient, cast: Cast) -> None:
    recurrence = add(client, cast, participants="наставники", document="справка")

    shown = page(client, f"/projects/{cast.orchard.project}/cyclogram")

    row = Recurrence.get_by_id(recurrence)
    assert row.checklist == ["Зал", "Повестка"]
    assert "Совещание" in shown
    assert "наставники" in shown
    assert "Planned, due" in shown
    assert f"/projects/{cast.orchard.project}/cyclogram" in page(
        client, f"/projects/{cast.orchard.project}"
    )
    assert f"/projects/{cast.orchard.project}/cyclogram" in page(
        client, f"/boards/{cast.orchard.board}"
    )


def test_refused_form_comes_back_as_it_was_typed(client: FlaskClient, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/recurrences"

    refused = client.post(address, data=form(cast, rule="yearly", title="Конкурс"))

    shown = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'value="Конкурс"' in shown
    assert "This kind of recurrence needs it." in shown


def test_edit_keeps_what_somebody_else_saved_meanwhile(client: FlaskClient, cast: Cast) -> None:
    recurrence = add(client, cast)
    address = f"/recurrences/{recurrence}/edit"
    assert 'name="version" value="1"' in page(client, address)
    client.post(address, data=form(cast, title="Семинар", version=1))

    stale = client.post(address, data=form(cast, title="Встреча", version=1))

    assert stale.status_code == 409
    assert "Семинар" in stale.get_data(as_text=True)
    assert Recurrence.get_by_id(recurrence).title == "Семинар"


def test_pause_order_and_removal_by_plain_forms(client: FlaskClient, cast: Cast) -> None:
    first, second = add(client, cast), add(client, cast, title="Вторая")
    table = f"/projects/{cast.orchard.project}/cyclogram"

    client.post(f"/recurrences/{first}/state", data={"is_on": "", "version": 1})
    client.post(f"/recurrences/{second}/placement", data={"before_id": first})
    shown = page(client, table)
    asked = page(client, f"/recurrences/{first}/removal")
    client.post(f"/recurrences/{first}/removal", data={"version": 2})

    assert "paused" in shown
    assert shown.index("Вторая") < shown.index("Совещание")
    assert "Remove this recurring task?" in asked
    assert "Совещание" not in page(client, table).split("<tbody>")[1].split("</tbody>")[0]


def test_card_is_made_recurring_by_what_its_period_says(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    period = {"period": "не менее 2 раз в учебном полугодии"}
    tasks.edit(task, period, base_version=1, actor=cast.lev, at=NOW)
    assert f"/tasks/{task}/recurrence" in page(client, f"/tasks/{task}")

    offered = page(client, f"/tasks/{task}/recurrence")
    saved = form(cast, rule="times_per_half", times="2", title="Task")
    made = client.post(f"/tasks/{task}/recurrence", data=saved)
    again = client.get(f"/tasks/{task}/recurrence")

    recurrence = Recurrence.get().id
    assert '<option value="times_per_half" selected>' in offered
    assert 'name="times" type="number" value="2"' in offered
    assert made.status_code == 303
    assert again.location.endswith(f"/recurrences/{recurrence}")
    assert "made a recurring task of the card" in page(client, f"/tasks/{task}")
    assert "Promises of the half-year" in page(client, f"/projects/{cast.orchard.project}")


def test_card_of_the_cyclogram_says_where_it_comes_from(client: FlaskClient, cast: Cast) -> None:
    recurrence = add(client, cast)
    tick()
    task = Task.get(Task.title == "Совещание")

    assert "The cyclogram created the card" in page(client, f"/tasks/{task.id}")
    shown = page(client, f"/recurrences/{recurrence}")
    assert f"/tasks/{task.id}" in shown
    assert page(client, f"/recurrences/{recurrence}?year=2030")


def test_lead_is_told_of_what_was_not_made_and_finds_it_in_the_table(
    client: FlaskClient, cast: Cast
) -> None:
    add(client, cast, column_id=cast.orchard.columns[1])
    for task in cast.orchard.tasks:
        tasks.place(task, column_id=cast.orchard.columns[1], actor=cast.lev, at=NOW)
    tick()
    add(client, cast, column_id=cast.orchard.columns[2], title="Без колонки")
    boards.remove_column(cast.orchard.columns[2], expected_version=None, actor=cast.lev, at=NOW)

    shown = page(client, f"/projects/{cast.orchard.project}/cyclogram")
    told = page(client, "/notifications")
    opened = client.post(f"/notifications/{Notification.get().id}/opening")

    assert "The card could not be made: The column “In progress” is full" in shown
    assert "Its column is removed" in shown
    assert "2 recurring tasks need your attention" in shown
    assert "A card of the recurring task “Совещание” could not be made" in told
    assert opened.location.endswith("/cyclogram")


def test_text_is_shown_and_never_run(client: FlaskClient, cast: Cast) -> None:
    texts = ("title", "participants", "document", "submitted_to", "responsible")
    recurrence = add(
        client,
        cast,
        **dict.fromkeys(texts, PAYLOAD),
        checklist=PAYLOAD,
        description=PAYLOAD,
        expected_result=PAYLOAD,
        rule="times_per_half",
        times="1",
    )
    tick()
    project = cast.orchard.project

    for address in (
        f"/projects/{project}/cyclogram",
        f"/projects/{project}",
        f"/recurrences/{recurrence}",
        f"/recurrences/{recurrence}/edit",
        f"/recurrences/{recurrence}/removal",
    ):
        assert PAYLOAD not in page(client, address), address


def test_observer_reads_and_finds_no_button(app: Any, client: FlaskClient, cast: Cast) -> None:
    recurrence = add(client, cast)
    observer = sign_in(app.test_client(), "olga")

    table = page(observer, f"/projects/{cast.orchard.project}/cyclogram")
    one = page(observer, f"/recurrences/{recurrence}")

    assert "Add a recurring task" not in table
    assert "/placement" not in table
    assert f"/recurrences/{recurrence}/edit" not in one
    assert observer.get(f"/recurrences/{recurrence}/edit").status_code == 403
    assert Event.select().where(Event.kind == "recurrence.added").count() == 1
