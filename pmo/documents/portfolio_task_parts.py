"""References of what hangs on the tasks of a portfolio file."""

from collections.abc import Collection, Iterator
from typing import Any

from pmo.domain import dependencies, links
from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_TASK = _("The project has no task {value}.")
NO_LINK = _("This is no address of the web.")
NO_FILE = _("The task has no file “{value}”.")
ONE_OF_BOTH = _("There must be an address or a file here, one of the two.")
ITSELF = _("A task cannot wait for itself.")
CIRCLE = _("These tasks would wait for each other for ever: {numbers}.")
NOT_DONE = _("Only a done item says who ticked it, and when.")


def faults(place: str, tasks: list[Content], logins: Collection[str]) -> Iterator[Fault]:
    """Yield what leads nowhere. place: of the list of tasks of one project."""
    numbers = {task["number"] for task in tasks}
    for index, task in enumerate(tasks):
        yield from _of_task(f"{place}[{index}]", task, numbers, logins)
    waits_for = {
        task["number"]: [it for it in task["waits_for"] if it != task["number"]] for task in tasks
    }
    if stuck := dependencies.circle(waits_for):
        yield Fault(place, CIRCLE, {"numbers": ", ".join(map(str, stuck[:20]))})


def _of_task(
    place: str, task: Content, numbers: Collection[int], logins: Collection[str]
) -> Iterator[Fault]:
    for index, item in enumerate(task["checklist"]):
        inner = f"{place}.checklist[{index}]"
        yield from _unknown(f"{inner}.done_by", item["done_by"], logins, NO_PERSON)
        yield from _unknown(f"{inner}.became", item["became"], numbers, NO_TASK)
        if not item["is_done"] and (item["done_by"] or item["done_at"]):
            yield Fault(f"{inner}.is_done", NOT_DONE)
    files = {file["sha256"] for file in task["attachments"]}
    for index, piece in enumerate(task["evidence"]):
        inner = f"{place}.evidence[{index}]"
        yield from _unknown(f"{inner}.added_by", piece["added_by"], logins, NO_PERSON)
        yield from _unknown(f"{inner}.file", piece["file"], files, NO_FILE)
        if bool(piece["url"]) is bool(piece["file"]):
            yield Fault(f"{inner}.url", ONE_OF_BOTH)
        elif piece["url"] and not links.is_followable(piece["url"]):
            yield Fault(f"{inner}.url", NO_LINK)
    yield from _listed(f"{place}.waits_for", task["waits_for"], numbers, NO_TASK)
    yield from _listed(f"{place}.watchers", task["watchers"], logins, NO_PERSON)
    if task["number"] in task["waits_for"]:
        yield Fault(f"{place}.waits_for", ITSELF)


def _listed(
    place: str, values: list[Any], known: Collection[Any], template: str
) -> Iterator[Fault]:
    for index, value in enumerate(values):
        yield from _unknown(f"{place}[{index}]", value, known, template)
        if value in values[:index]:
            yield Fault(f"{place}[{index}]", TWICE, {"value": value})


def _unknown(place: str, value: Any, known: Collection[Any], template: str) -> Iterator[Fault]:
    if value is not None and value not in known:
        yield Fault(place, template, {"value": value})
