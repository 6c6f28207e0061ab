"""Commands on templates of boards: save, rename, remove, and make a board of one."""

from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows, transaction
from pmo.domain.board_templates import BUILT_IN, ColumnPlan
from pmo.domain.folding import fold
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, LabelColour, WipKind
from pmo.errors import AlreadyTaken, InUse, NotFound, StaleVersion
from pmo.models import BoardTemplate, Label
from pmo.queries import access
from pmo.queries.board_templates import content_of
from pmo.services import board_locks, boards, journal, portfolio_rules
from pmo.services.boards import BoardChanged

MOST_TEMPLATES = 100

Part = dict[str, Any]


def save(board_id: int, *, name: str, actor: Actor, at: datetime) -> int:
    """Keep a board's columns and rules, without people and cards, as a template of the office.

    Raises NotFound, Forbidden, AlreadyTaken (name), InUse at the most templates.
    """
    with transaction():
        found = access.board(board_id, actor, Capability.BOARD_CONFIGURE)
        board_locks.lock_layout([board_id])
        count = BoardTemplate.select().count()
        if count >= MOST_TEMPLATES:
            raise InUse(count=count)
        content = content_of(board_id, found.project_id)
        made = _written(BoardTemplate(name=name, folded=fold(name), content=content, created_at=at))
        _record("board_template.saved", {"template": name}, actor, at)
    return int(made.id)


def rename(
    template_id: int, *, name: str, expected_version: int | None, actor: Actor, at: datetime
) -> None:
    """Give a template another name. Raises NotFound, Forbidden, StaleVersion, AlreadyTaken."""
    with transaction():
        template = _loaded(template_id, expected_version, actor)
        if template.name != name:
            changes = {"name": [template.name, name]}
            data = {"template": template.name, "changes": changes}
            template.name, template.folded = name, fold(name)
            template.version += 1
            _written(template)
            _record("board_template.renamed", data, actor, at)


def remove(template_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Remove a template; boards made of it stay. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        template = _loaded(template_id, expected_version, actor)
        template.delete_instance()
        _record("board_template.removed", {"template": template.name}, actor, at)


def create_board(
    project_id: int, *, name: str, template: str | None, actor: Actor, at: datetime
) -> BoardChanged:
    """Add a board to a project: of a template, or with the usual columns.

    Raises NotFound (project, template), Forbidden, InUse at the most boards.
    """
    with transaction():
        access.project(project_id, actor, Capability.BOARD_CONFIGURE)
        return make(project_id, name=name, template=template, actor=actor, at=at)


def make(
    project_id: int, *, name: str, template: str | None, actor: Actor, at: datetime
) -> BoardChanged:
    """Do the same inside the transaction of a command that has checked the actor.

    template: the key of one; None for the usual columns. Labels that its rules name, and the
    project does not have, are added.
    """
    if template is None:
        return boards.create_default(project_id, name=name, actor=actor, at=at)
    title, content = _content(template)
    plans = [column_plan(column) for column in content["columns"]]
    labels = _labels(project_id, content["labels"], actor, at)
    made = boards.create_of(project_id, name=name, plans=plans, template=title, actor=actor, at=at)
    keys = [column["key"] for column in content["columns"]]
    columns = dict(zip(keys, boards.column_ids(made.board_id), strict=True))
    portfolio_rules.write(made.board_id, content, portfolio_rules.Written(columns, {}, {}, labels))
    return made


def _content(key: str) -> tuple[str, Part]:
    """Return a template's name and content by its key. Raises NotFound."""
    if key in BUILT_IN:
        return BUILT_IN[key]["name"], BUILT_IN[key]
    own = BoardTemplate.get_or_none(BoardTemplate.id == int(key)) if key.isdecimal() else None
    if own is None:
        raise NotFound(kind="board_template")
    return own.name, own.content


def column_plan(column: Part) -> ColumnPlan:
    """Return a column of a template as it is asked for."""
    values = {name: value for name, value in column.items() if name != "key"}
    values["meaning"] = ColumnMeaning(values["meaning"])
    values["wip_kind"] = WipKind(values["wip_kind"])
    return ColumnPlan(**values)


def _labels(project_id: int, wanted: list[Part], actor: Actor, at: datetime) -> dict[str, int]:
    """Return the project's labels by name, those that it lacked among them."""
    query = Label.select(Label.name, Label.id).where(Label.project == project_id)
    found: dict[str, int] = dict(rows(query))
    for label in wanted:
        if label["name"] not in found:
            colour = LabelColour(label["colour"])
            made = Label.create(project=project_id, name=label["name"], colour=colour)
            data = {"label": label["name"], "colour": colour.value}
            journal.append(
                "project.label_added", actor=actor, at=at, project_id=project_id, data=data
            )
            found[label["name"]] = made.id
    return found


def _loaded(template_id: int, expected: int | None, actor: Actor) -> BoardTemplate:
    access.require(actor, Capability.PROGRAMMES_EDIT)
    template: BoardTemplate | None = BoardTemplate.get_or_none(BoardTemplate.id == template_id)
    if template is None:
        raise NotFound(kind="board_template")
    if expected is not None and expected != template.version:
        raise StaleVersion(version=template.version)
    return template


def _written(template: BoardTemplate) -> BoardTemplate:
    try:
        with transaction():
            template.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error
    return template


def _record(kind: str, data: dict[str, Any], actor: Actor, at: datetime) -> None:
    journal.append(kind, actor=actor, at=at, data=data)
