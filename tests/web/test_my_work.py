"""“My work”: my open cards of all projects, by urgency."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo import clock
from pmo.models import Task, TaskAssignee
from tests.cast import Cast, sign_in


def test_my_cards_are_grouped_by_urgency(client: FlaskClient, cast: Cast) -> None:
    today = clock.now().date()
    first, second, third = cast.orchard.tasks
    for task in (second, third):
        TaskAssignee.create(task=task, user=cast.mila.user_id)
    Task.update(due_on=today - timedelta(days=3)).where(Task.id == second).execute()
    Task.update(due_on=today + timedelta(days=30)).where(Task.id == third).execute()

    page = BeautifulSoup(sign_in(client, "mila").get("/my-work").text, "lxml")

    groups = {
        str(group["class"]).split("--")[1].split("'")[0]: [
            link["href"] for link in group.select("a")
        ]
        for group in page.select(".work-group")
    }
    assert groups == {
        "overdue": [f"/tasks/{second}"],
        "later": [f"/tasks/{third}"],
        "no_date": [f"/tasks/{first}"],
    }


def test_what_is_done_and_what_is_anothers_is_not_my_work(client: FlaskClient, cast: Cast) -> None:
    Task.update(column=cast.orchard.columns[3]).where(Task.id == cast.orchard.tasks[0]).execute()

    page = sign_in(client, "mila").get("/my-work").text

    assert "Nothing is waiting for you" in page


def test_a_card_of_a_project_that_is_closed_to_me_is_not_shown(
    client: FlaskClient, cast: Cast
) -> None:
    TaskAssignee.create(task=cast.harbour.tasks[0], user=cast.mila.user_id)

    page = sign_in(client, "mila").get("/my-work").text

    assert "Task 1 of Harbour" not in page
    assert "Task 1 of Orchard" in page
