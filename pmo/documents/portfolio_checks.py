"""References inside a portfolio file: all that shape and types cannot tell."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from typing import Any

from pmo.documents import (
    event_data,
    portfolio_calendar_checks,
    portfolio_filter_checks,
    portfolio_own,
    portfolio_recurrences,
    portfolio_rule_checks,
    portfolio_sprint_checks,
    portfolio_task_parts,
    portfolio_template_checks,
)
from pmo.domain import ageing, event_kinds, gates
from pmo.domain.vocabulary import Gate, WipKind
from pmo.errors import Fault

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_STRATEGIC_PROJECT = _("There is no strategic project “{value}” in the file.")
NO_PROJECT = _("There is no project “{value}” in the file.")
NO_BOARD = _("The project has no board “{value}”.")
NO_COLUMN = _("The board has no column “{value}”.")
NO_STAGE = _("The project has no stage “{value}”.")
NO_LABEL = _("The project has no label “{value}”.")
NO_TASK = _("The project has no task {value}.")
NO_KIND = _("No event of the kind “{value}” travels in a portfolio file.")
NO_PASSAGE = _("A project cannot pass from “{value}” to “{target}”.")
OTHER_GATE = _("“{expected}” is expected here, where the decision before led to.")
LEAD_OUTSIDE = _("The lead is not among the members.")
REMOVED = _("A removed comment has both a moment and a person, or neither.")
LAST_GATE = _("The decisions lead to “{expected}”.")
LIMIT = _("A limit needs a number and a kind, or neither.")
DAYS = _("Red comes after amber.")
NO_COLUMNS = _("A board needs a column.")
NOT_EARLIER = _("Event {value} does not stand before this one.")
NO_SUCCESSOR = _("There is no task “{value}” in the file, or it is this one.")
NOT_ARCHIVED = _("A task that goes on as another is in the archive.")
TASK_ALONE = _("A task is named together with its project.")


def faults(content: Content) -> Iterator[Fault]:
    """Yield every reference that leads nowhere and everything that stands twice."""
    logins = {person["login"] for person in content["people"]}
    yield from _repeated(content["people"], "login", "people")
    yield from _repeated(content["programmes"], "key", "programmes")
    yield from _repeated(content["projects"], "code", "projects")
    strategic: set[str] = set()
    for place, programme in _placed(content["programmes"], "programmes"):
        inner = f"{place}.strategic_projects"
        yield from _repeated(programme["strategic_projects"], "key", inner, strategic)
    for place, project in _placed(content["projects"], "projects"):
        yield from _ProjectCheck(place, project, logins, strategic).faults()
    yield from _successors(content)
    yield from portfolio_rule_checks.template_faults(content["board_templates"])
    yield from portfolio_calendar_checks.faults(content)
    yield from portfolio_template_checks.faults(content["project_templates"], logins)
    yield from _journal(content, logins)


def _successors(content: Content) -> Iterator[Fault]:
    """Check where tasks went on; a chain may lead on, and never round."""
    onward = {
        f"{project['code']}-{task['number']}": task["successor"]
        for project in content["projects"]
        for task in project["tasks"]
    }
    for place, project in _placed(content["projects"], "projects"):
        for inner, task in _placed(project["tasks"], f"{place}.tasks"):
            key = task["successor"]
            if key is None:
                continue
            if key not in onward or _leads_round(f"{project['code']}-{task['number']}", onward):
                yield Fault(f"{inner}.successor", NO_SUCCESSOR, {"value": key})
            elif task["archived_at"] is None:
                yield Fault(f"{inner}.successor", NOT_ARCHIVED)


def _leads_round(key: str, onward: Mapping[str, str | None]) -> bool:
    seen, present = {key}, onward.get(key)
    while present is not None:
        if present in seen:
            return present == key
        seen.add(present)
        present = onward.get(present)
    return False


class _ProjectCheck:
    """One project, with the names that its parts may use."""

    def __init__(
        self, place: str, project: Content, logins: Set[str], strategic: Collection[str]
    ) -> None:
        self.place, self.project = place, project
        self.logins, self.strategic = logins, strategic
        self.columns = {
            board["key"]: {column["key"] for column in board["columns"]}
            for board in project["boards"]
        }
        self.stages = {stage["key"] for stage in project["stages"]}
        self.labels = {label["name"] for label in project["labels"]}

    def faults(self) -> Iterator[Fault]:
        """Yield the faults of the project and of all inside it."""
        project, place = self.project, self.place
        known = [
            ("strategic_project", self.strategic, NO_STRATEGIC_PROJECT),
            ("lead", self.logins, NO_PERSON),
            ("proposed_by", self.logins, NO_PERSON),
        ]
        yield from _unknown(project, place, known)
        outside = self.logins - {member["login"] for member in project["members"]}
        if project["lead"] in outside:
            yield Fault(f"{place}.lead", LEAD_OUTSIDE)
        for name, key in (
            ("stages", "key"),
            ("members", "login"),
            ("labels", "name"),
            ("own_fields", "key"),
            ("own_fields", "name"),
            ("boards", "key"),
            ("tasks", "number"),
        ):
            yield from _repeated(project[name], key, f"{place}.{name}")
        for inner, member in _placed(project["members"], f"{place}.members"):
            yield from _unknown(member, inner, [("login", self.logins, NO_PERSON)])
        yield from self._gate_decisions()
        yield from self._boards()
        for inner, task in _placed(project["tasks"], f"{place}.tasks"):
            yield from self._task(inner, task)
        yield from portfolio_task_parts.faults(f"{place}.tasks", project["tasks"], self.logins)
        yield from portfolio_own.faults(place, project)
        yield from portfolio_sprint_checks.faults(place, project, self.logins)
        yield from portfolio_recurrences.faults(
            place, project, logins=self.logins, columns=self.columns
        )
        yield from portfolio_filter_checks.faults(
            place, project, logins=self.logins, stages=self.stages, labels=self.labels
        )

    def _gate_decisions(self) -> Iterator[Fault]:
        """Check the chain; it may begin at any gate: of older projects not all is known."""
        gate: Gate | None = None
        decisions = self.project["gate_decisions"]
        for place, decision in _placed(decisions, f"{self.place}.gate_decisions"):
            yield from _unknown(decision, place, [("decided_by", self.logins, NO_PERSON)])
            source, target = decision["from"], decision["to"]
            if gate is not None and source is not gate:
                yield Fault(f"{place}.from", OTHER_GATE, {"expected": gate.value})
            if gates.needed_capability(source, target) is None:
                facts = {"value": source.value, "target": target.value}
                yield Fault(f"{place}.to", NO_PASSAGE, facts)
            gate = target
        if gate is not None and self.project["gate"] is not gate:
            yield Fault(f"{self.place}.gate", LAST_GATE, {"expected": gate.value})

    def _boards(self) -> Iterator[Fault]:
        for place, board in _placed(self.project["boards"], f"{self.place}.boards"):
            yield from _repeated(board["columns"], "key", f"{place}.columns")
            if not board["columns"]:
                yield Fault(f"{place}.columns", NO_COLUMNS)
            for inner, column in _placed(board["columns"], f"{place}.columns"):
                if (column["wip_limit"] is None) != (column["wip_kind"] is WipKind.NONE):
                    yield Fault(f"{inner}.wip_limit", LIMIT)
                if not ageing.is_order(column["amber_days"], column["red_days"]):
                    yield Fault(f"{inner}.red_days", DAYS)
            names = (self.columns[board["key"]], self.logins, self.stages, self.labels)
            yield from portfolio_rule_checks.faults(
                place, board, portfolio_rule_checks.Names(*names)
            )

    def _task(self, place: str, task: Content) -> Iterator[Fault]:
        known = [
            ("stage", self.stages, NO_STAGE),
            ("created_by", self.logins, NO_PERSON),
            ("board", self.columns, NO_BOARD),
        ]
        if task["board"] in self.columns:
            known.append(("column", self.columns[task["board"]], NO_COLUMN))
        yield from _unknown(task, place, known)
        yield from self._comments(place, task)
        yield from self._attachments(place, task)
        for name, names, template in (
            ("assignees", self.logins, NO_PERSON),
            ("labels", self.labels, NO_LABEL),
        ):
            yield from _doubled(task[name], f"{place}.{name}")
            for index, value in enumerate(task[name]):
                if value not in names:
                    yield Fault(f"{place}.{name}[{index}]", template, {"value": value})

    def _comments(self, place: str, task: Content) -> Iterator[Fault]:
        comments = task["comments"]
        yield from _repeated(comments, "number", f"{place}.comments")
        known = [("author", self.logins, NO_PERSON), ("removed_by", self.logins, NO_PERSON)]
        for inner, comment in _placed(comments, f"{place}.comments"):
            yield from _unknown(comment, inner, known)
            if (comment["removed_at"] is None) != (comment["removed_by"] is None):
                yield Fault(f"{inner}.removed_by", REMOVED)

    def _attachments(self, place: str, task: Content) -> Iterator[Fault]:
        files = task["attachments"]
        yield from _repeated(files, "sha256", f"{place}.attachments")
        for inner, file in _placed(files, f"{place}.attachments"):
            yield from _unknown(file, inner, [("added_by", self.logins, NO_PERSON)])


def _journal(content: Content, logins: Collection[str]) -> Iterator[Fault]:
    numbers = {
        project["code"]: {task["number"] for task in project["tasks"]}
        for project in content["projects"]
    }
    for place, event in _placed(content["journal"], "journal"):
        known: list[_Known] = [("actor", logins, NO_PERSON), ("project", numbers, NO_PROJECT)]
        if event["project"] in numbers:
            known.append(("task", numbers[event["project"]], NO_TASK))
        known.append(("kind", event_kinds.PORTFOLIO, NO_KIND))
        yield from _unknown(event, place, known)
        if event["task"] is not None and event["project"] is None:
            yield Fault(f"{place}.task", TASK_ALONE)
        yield from event_data.faults(f"{place}.data", event["kind"], event["data"])
    for index, event in enumerate(content["journal"]):
        for name in ("act", "undoes"):
            if event[name] is not None and event[name] > index:
                yield Fault(f"journal[{index}].{name}", NOT_EARLIER, {"value": event[name]})


_Known = tuple[str, Collection[Any], str]


def _unknown(part: Content, place: str, known: Iterable[_Known]) -> Iterator[Fault]:
    """Yield the references of a part that lead nowhere. known: (key, names, message)."""
    for key, names, template in known:
        value = part[key]
        if value is not None and value not in names:
            yield Fault(f"{place}.{key}", template, {"value": value})


def _placed(parts: list[Content], place: str) -> Iterator[tuple[str, Content]]:
    for index, part in enumerate(parts):
        yield f"{place}[{index}]", part


def _repeated(
    parts: list[Content], key: str, place: str, seen: set[Any] | None = None
) -> Iterator[Fault]:
    yield from _doubled([part[key] for part in parts], place, lambda at: f"{at}.{key}", seen)


def _doubled(
    values: list[Any],
    place: str,
    full: Callable[[str], str] = str,
    seen: set[Any] | None = None,
) -> Iterator[Fault]:
    seen = set() if seen is None else seen
    for index, value in enumerate(values):
        if value in seen:
            yield Fault(full(f"{place}[{index}]"), TWICE, {"value": value})
        seen.add(value)
