"""What hangs on tasks in a portfolio file: every fault is told by its place."""

from typing import Any

import pytest

from pmo.documents import portfolio_file
from pmo.errors import FileRefused
from tests.documents.portfolios import good, spoil, steps

TASKS = "projects[0].tasks"
FULL = f"{TASKS}[2]"


def faults(path: str, value: Any) -> dict[str, str]:
    """Return what refuses a good file with one value changed: place → message."""
    content = good()
    spoil(content, steps(path), value)
    with pytest.raises(FileRefused) as refused:
        portfolio_file.load(portfolio_file.dump(content, "yaml"), "yaml")
    return {fault.place: fault.message for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("checklist[0].text", "", "The text is empty."),
        ("checklist[0].text", "a\nb", "The text must be one line."),
        ("checklist[0].is_done", "yes", "True or false is expected."),
        ("checklist[0].done_by", "bob", "There is no person “bob” in the file."),
        ("checklist[0].done_at", "yesterday", "A moment is expected"),
        ("checklist[1].became", 9, "The project has no task 9."),
        ("checklist[0].id", 9, "There is no such key."),
        ("evidence[0].url", "javascript:alert(1)", "This is no address of the web."),
        ("evidence[0].url", "", "There must be an address or a file here"),
        ("evidence[1].url", "https://example.org/", "There must be an address or a file here"),
        ("evidence[1].file", "0" * 64, "The task has no file"),
        ("evidence[1].file", "x", "This text has another form"),
        ("evidence[0].added_by", "bob", "There is no person “bob” in the file."),
        ("waits_for[1]", 9, "The project has no task 9."),
        ("waits_for[1]", 1, "“1” stands here twice."),
        ("waits_for[1]", "2", "A whole number is expected."),
        ("watchers[1]", "bob", "There is no person “bob” in the file."),
        ("watchers[1]", "ada", "“ada” stands here twice."),
    ],
)
def test_a_fault_is_told_by_its_place(path: str, value: Any, said: str) -> None:
    found = faults(f"{FULL}.{path}", value)

    assert found[f"{FULL}.{path}"].startswith(said)


def test_an_open_item_was_ticked_by_nobody() -> None:
    found = faults(f"{FULL}.checklist[0].is_done", value=False)

    assert list(found) == [f"{FULL}.checklist[0].is_done"]


def test_a_task_does_not_wait_for_itself() -> None:
    assert faults(f"{FULL}.waits_for", [5]) == {
        f"{FULL}.waits_for": "A task cannot wait for itself."
    }


def test_tasks_do_not_wait_in_a_circle() -> None:
    assert faults(f"{TASKS}[0].waits_for", [5]) == {
        TASKS: "These tasks would wait for each other for ever: 2, 5."
    }
