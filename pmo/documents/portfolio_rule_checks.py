"""References inside the rules of a board of a portfolio file."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from pmo.domain import automation
from pmo.domain.folding import fold
from pmo.domain.vocabulary import MemberRole, WipBy, WipKind
from pmo.errors import Fault, Invalid

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_COLUMN = _("The board has no column “{value}”.")
NO_MOVE = _("A move leads to another column.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_STAGE = _("The project has no stage “{value}”.")
NO_LABEL = _("The project has no label “{value}”.")
NO_LIMIT = _("A limit warns or refuses.")
NO_COLUMNS = _("A board needs a column.")
LIMIT = _("A limit needs a number and a kind, or neither.")
NO_ACTION = _("No rule does this.")
NOT_NEEDED = _("This rule needs none.")
NO_MOVER = _("An observer moves no cards.")


@dataclass(frozen=True, slots=True)
class Names:
    """What the rules of a board may name: logins of the file, parts of the project by name."""

    columns: Set[str]
    logins: Set[str]
    stages: Set[str]
    labels: Set[str]


def faults(place: str, board: Content, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with the rules of a board."""
    yield from _moves(place, board, names.columns)
    yield from _limits(place, board, names)
    yield from _automation(place, board, names)


def template_faults(templates: list[Content]) -> Iterator[Fault]:
    """Yield what is wrong with the templates of boards: they name no people and no stages."""
    seen: set[str] = set()
    for index, template in enumerate(templates):
        place = f"board_templates[{index}]"
        name = fold(template["name"])
        if name in seen:
            yield Fault(f"{place}.name", TWICE, {"value": template["name"]})
        seen.add(name)
        keys = [column["key"] for column in template["columns"]]
        if len(set(keys)) < len(keys):
            yield Fault(f"{place}.columns", TWICE, {"value": "key"})
        if not keys:
            yield Fault(f"{place}.columns", NO_COLUMNS)
        for inner, column in enumerate(template["columns"]):
            if (column["wip_limit"] is None) != (column["wip_kind"] is WipKind.NONE):
                yield Fault(f"{place}.columns[{inner}].wip_limit", LIMIT)
        labels = {label["name"] for label in template["labels"]}
        if len(labels) < len(template["labels"]):
            yield Fault(f"{place}.labels", TWICE, {"value": "name"})
        none: Set[str] = frozenset()
        yield from faults(place, template, Names(set(keys), none, none, labels))


def _moves(place: str, board: Content, columns: Set[str]) -> Iterator[Fault]:
    ways: set[tuple[Any, Any]] = set()
    for index, rule in enumerate(board["move_rules"]):
        inner = f"{place}.move_rules[{index}]"
        way = rule["from"], rule["to"]
        for name, key in zip(("from", "to"), way, strict=True):
            if key is not None and key not in columns:
                yield Fault(f"{inner}.{name}", NO_COLUMN, {"value": key})
        if way[0] is not None and way[0] == way[1]:
            yield Fault(f"{inner}.to", NO_MOVE)
        if way in ways:
            yield Fault(f"{inner}.to", TWICE, {"value": way[1] or ""})
        if rule["least_role"] is MemberRole.OBSERVER:
            yield Fault(f"{inner}.least_role", NO_MOVER)
        ways.add(way)


def _limits(place: str, board: Content, names: Names) -> Iterator[Fault]:
    known = {
        WipBy.PERSON: (names.logins, NO_PERSON),
        WipBy.STAGE: (names.stages, NO_STAGE),
        WipBy.LABEL: (names.labels, NO_LABEL),
    }
    seen: set[tuple[WipBy, Any]] = set()
    for index, rule in enumerate(board["wip_rules"]):
        inner = f"{place}.wip_rules[{index}]"
        whose = rule["by"], rule["of"]
        there, template = known[rule["by"]]
        if rule["of"] is not None and rule["of"] not in there:
            yield Fault(f"{inner}.of", template, {"value": rule["of"]})
        if whose in seen:
            yield Fault(f"{inner}.of", TWICE, {"value": rule["of"] or ""})
        if rule["kind"] is WipKind.NONE:
            yield Fault(f"{inner}.kind", NO_LIMIT)
        seen.add(whose)


OF_FILE = {"column_id": "column", "target_id": "target", "user_id": "user", "label_id": "label"}
"""Where the file's name of a particular is not the product's."""


def _automation(place: str, board: Content, names: Names) -> Iterator[Fault]:
    known = {
        "column": (names.columns, NO_COLUMN),
        "target": (names.columns, NO_COLUMN),
        "user": (names.logins, NO_PERSON),
        "label": (names.labels, NO_LABEL),
    }
    seen: set[str] = set()
    for index, rule in enumerate(board["automation_rules"]):
        inner = f"{place}.automation_rules[{index}]"
        if rule["name"] in seen:
            yield Fault(f"{inner}.name", TWICE, {"value": rule["name"]})
        seen.add(rule["name"])
        for key, (there, template) in known.items():
            if rule[key] is not None and rule[key] not in there:
                yield Fault(f"{inner}.{key}", template, {"value": rule[key]})
        yield from _particulars(inner, rule)


def _particulars(place: str, rule: Content) -> Iterator[Fault]:
    """Check that a rule has what its two kinds need, and nothing else."""
    given = {name: rule[OF_FILE.get(name, name)] for name in automation.PARTICULARS}
    if rule["action"] not in automation.OF_ACTION:
        yield Fault(f"{place}.action", NO_ACTION)
        return
    try:
        kept = automation.particulars(rule["trigger"], rule["action"], given)
    except Invalid as invalid:
        for name, templates in invalid.fields.items():
            yield Fault(f"{place}.{OF_FILE.get(name, name)}", templates[0])
        return
    for name, value in kept.items():
        if (given[name] or None) != (value or None) and given[name] != value:
            yield Fault(f"{place}.{OF_FILE.get(name, name)}", NOT_NEEDED)
