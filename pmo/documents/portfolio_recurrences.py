"""Cyclograms in a portfolio file: rules that can be, and references that lead somewhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pmo.domain import recurrences
from pmo.domain.vocabulary import OccurrenceOutcome
from pmo.errors import Fault, Invalid

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_BOARD = _("The project has no board “{value}”.")
NO_COLUMN = _("The board has no column “{value}”.")
NO_STAGE = _("The project has no stage “{value}”.")
NO_LABEL = _("The project has no label “{value}”.")
NO_TASK = _("The project has no task {value}.")
NO_RULE = _("Nothing recurs like this.")
BACKWARDS = _("It ends before it begins.")
NO_CARD = _("A task is named where one was made, and nowhere else.")
NO_REASON = _("A reason is told where it is held or skipped.")


def faults(
    place: str, project: Content, *, logins: Collection[str], columns: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Yield what is wrong with the recurring tasks of a project. columns: keys by board."""
    parts = project["recurrences"]
    stages = {stage["key"] for stage in project["stages"]}
    labels = {label["name"] for label in project["labels"]}
    yield from _twice(f"{place}.recurrences", "key", [part["key"] for part in parts])
    taken: set[int] = set()
    for index, part in enumerate(parts):
        inner = f"{place}.recurrences[{index}]"
        own = columns.get(part["board"], ())
        for name, values, names, template in (
            ("board", [part["board"]], columns, NO_BOARD),
            ("column", [part["column"]] if own else [], own, NO_COLUMN),
            ("stage", [part["stage"]], stages, NO_STAGE),
            ("created_by", [part["created_by"]], logins, NO_PERSON),
            ("assignees", part["assignees"], logins, NO_PERSON),
            ("labels", part["labels"], labels, NO_LABEL),
        ):
            yield from _unknown(f"{inner}.{name}", values, names, template)
        yield from _twice(f"{inner}.assignees", "", part["assignees"])
        yield from _twice(f"{inner}.labels", "", part["labels"])
        if not _is_rule(part):
            yield Fault(f"{inner}.rule", NO_RULE)
        if part["until"] is not None and part["until"] < part["starts_on"]:
            yield Fault(f"{inner}.until", BACKWARDS)
        numbers = {task["number"] for task in project["tasks"]}
        yield from _occurrences(f"{inner}.occurrences", part["occurrences"], numbers, taken)


def _occurrences(
    place: str, parts: list[Content], numbers: Collection[int], taken: set[int]
) -> Iterator[Fault]:
    yield from _twice(place, "key", [part["key"] for part in parts])
    for index, part in enumerate(parts):
        inner = f"{place}[{index}]"
        is_made = part["outcome"] is OccurrenceOutcome.MADE
        if is_made != (part["task"] is not None):
            yield Fault(f"{inner}.task", NO_CARD)
        elif is_made and part["task"] not in numbers:
            yield Fault(f"{inner}.task", NO_TASK, {"value": part["task"]})
        elif is_made and part["task"] in taken:
            yield Fault(f"{inner}.task", TWICE, {"value": part["task"]})
        taken.add(part["task"])
        if not part["starts_on"] <= part["due_on"] <= part["ends_on"]:
            yield Fault(f"{inner}.ends_on", BACKWARDS)
        if (is_made and part["reason"]) or (part["facts"] and not part["reason"]):
            yield Fault(f"{inner}.reason", NO_REASON)


def _is_rule(part: Content) -> bool:
    try:
        kept = recurrences.particulars(part["rule"], part)
    except Invalid:
        return False
    return all(part[name] == value for name, value in kept.items())


def _unknown(
    place: str, values: Iterable[Any], names: Collection[Any], template: str
) -> Iterator[Fault]:
    for value in values:
        if value is not None and value not in names:
            yield Fault(place, template, {"value": value})


def _twice(place: str, key: str, values: list[str]) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value in values[:index]:
            end = f".{key}" if key else ""
            yield Fault(f"{place}[{index}]{end}", TWICE, {"value": value})
