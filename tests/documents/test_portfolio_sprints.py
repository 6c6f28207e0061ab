"""Sprints in a portfolio file: every fault is told by its place."""

from typing import Any

import pytest

from tests.documents.portfolios import good
from tests.documents.test_portfolio_file import changed, faults_of

PROJECT = "projects[0]"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("sprint_policy", "agile", "This is none of: rolling, free"),
        ("sprint_count", 0, "From 1 to 40."),
        ("sprint_count", None, "Sprints need their number beside them"),
        ("weight_unit", "days", "This is none of: points, hours"),
        ("sprints[1].number", 0, "“0” stands here twice."),
        ("sprints[2].number", 4, "The project has no more than 3 sprints."),
        ("sprints[2].goal", "х" * 2_001, "The text is longer than 2000 characters."),
        ("sprints[1].starts_on", "2021-06-20", "It starts before the sprint before"),
        ("sprints[2].ends_on", "2021-07-18", "It ends before it starts."),
        ("sprints[1].started_at", None, "This does not fit the state “active”."),
        ("sprints[2].started_at", "2021-06-19T09:00:00Z", "This does not fit the state “planned”."),
        ("sprints[0].closed_at", "2021-06-14T08:59:59Z", "It was closed before it was started."),
        ("sprints[0].goal_met", None, "This does not fit the state “closed”."),
        ("sprints[1].goal_met", True, "This does not fit the state “active”."),
        ("sprints[1].people[0].login", "bob", "There is no person “bob” in the file."),
        ("sprints[1].people[1].login", "ada", "“ada” stands here twice."),
        ("sprints[1].people[1].percent", 0, "From 1 to 100."),
        ("sprints[0].notes[0].author", "bob", "There is no person “bob” in the file."),
        ("sprints[0].notes[0].task", 77, "The project has no task 77."),
        ("sprints[0].report.points[0].day", "2021-02-30", "A day is expected"),
        ("sprints[0].report.left[0].decision", "forget", "This is none of: "),
        ("tasks[0].sprint", 3, "The project has no sprint 3."),
        ("filters[0].sprint", "next", "This text has another form"),
    ],
)
def test_a_fault_is_told_by_its_place(path: str, value: Any, said: str) -> None:
    found = faults_of(changed(good(), f"{PROJECT}.{path}", value))

    assert found[f"{PROJECT}.{path}"].startswith(said)


def test_only_one_sprint_runs() -> None:
    content = good()
    content["projects"][0]["sprints"][2] |= {
        "state": "active",
        "started_at": "2021-06-19T09:00:00Z",
    }

    assert faults_of(content) == {
        f"{PROJECT}.sprints[2].state": "Only one sprint of a project runs at a time."
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [("to_state", "running"), ("carried", 1), ("from", "trial"), ("reason", None)],
)
def test_what_figures_are_computed_from_is_demanded(key: str, value: Any) -> None:
    content = good()
    events = content["journal"]
    [place] = [at for at, event in enumerate(events) if event["kind"] == "task.sprint_set"]
    events[place]["data"][key] = value

    assert list(faults_of(content)) == [f"journal[{place}].data.{key}"]
