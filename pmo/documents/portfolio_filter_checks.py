"""References of the saved filters of a portfolio file."""

from collections.abc import Collection, Iterator
from typing import Any

from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_STAGE = _("The project has no stage “{value}”.")
NO_LABEL = _("The project has no label “{value}”.")


def faults(
    place: str,
    project: Content,
    *,
    logins: Collection[str],
    stages: Collection[str],
    labels: Collection[str],
) -> Iterator[Fault]:
    """Yield what leads nowhere and what stands twice. place: of the project."""
    seen: set[tuple[str, str]] = set()
    for index, saved in enumerate(project["filters"]):
        inner = f"{place}.filters[{index}]"
        key = (saved["owner"], saved["name"])
        if key in seen:
            yield Fault(f"{inner}.name", TWICE, {"value": saved["name"]})
        seen.add(key)
        if saved["owner"] not in logins:
            yield Fault(f"{inner}.owner", NO_PERSON, {"value": saved["owner"]})
        for name, known, template in (
            ("stages", stages, NO_STAGE),
            ("labels", labels, NO_LABEL),
            ("people", logins, NO_PERSON),
        ):
            yield from _of_list(f"{inner}.{name}", saved[name], known, template)
        if len(set(saved["kinds"])) < len(saved["kinds"]):
            yield Fault(f"{inner}.kinds", TWICE, {"value": saved["kinds"][0].value})


def _of_list(
    place: str, values: list[str], known: Collection[str], template: str
) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value not in known:
            yield Fault(f"{place}[{index}]", template, {"value": value})
        if value in values[:index]:
            yield Fault(f"{place}[{index}]", TWICE, {"value": value})
