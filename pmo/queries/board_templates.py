"""Templates of boards: the office's own, and what of a board becomes one."""

from dataclasses import dataclass, fields
from typing import Any

from pmo.db import rows
from pmo.domain.board_templates import BUILT_IN, ColumnPlan
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import BoardTemplate, Column, Label
from pmo.queries import access
from pmo.queries.portfolio_rules import RulesOfBoards

COLUMN_FIELDS = tuple(field.name for field in fields(ColumnPlan))
RULES = ("move_rules", "wip_rules", "automation_rules")

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BoardTemplateView:
    """A template: the names of its columns, and how many rules it brings.

    key: what a board is made of it by. id, version: None of one that is built in.
    """

    key: str
    id: int | None
    name: str
    columns: tuple[str, ...]
    rules: int
    version: int | None


def every(actor: Actor) -> tuple[BoardTemplateView, ...]:
    """Return the templates built in, then those of the office by name. Raises Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    query = BoardTemplate.select().order_by(BoardTemplate.folded)
    built_in = (_view(key, content["name"], content) for key, content in BUILT_IN.items())
    return (*built_in, *(_own(template) for template in query))


def template(template_id: int, actor: Actor) -> BoardTemplateView:
    """Return one template. Raises NotFound, Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    found = BoardTemplate.get_or_none(BoardTemplate.id == template_id)
    if found is None:
        raise NotFound(kind="board_template")
    return _own(found)


def built_in(key: str, actor: Actor) -> BoardTemplateView:
    """Return one that is built in. Raises NotFound, Forbidden."""
    access.require(actor, Capability.PORTFOLIO_READ)
    if key not in BUILT_IN:
        raise NotFound(kind="board_template")
    return _view(key, BUILT_IN[key]["name"], BUILT_IN[key])


def content_of(board_id: int, project_id: int) -> Part:
    """Return what of a board becomes a template: all but people and parts of its project."""
    columns = list(Column.select().where(Column.board == board_id).order_by(Column.position))
    rules = RulesOfBoards({column.id: (board_id, column.key) for column in columns}).of(board_id)
    automation = [rule for rule in rules["automation_rules"] if rule["user"] is None]
    used = {rule["label"] for rule in automation} - {None}
    labels = Label.select(Label.name, Label.colour).where(Label.project == project_id)
    named = [row for row in rows(labels.order_by(Label.name)) if row[0] in used]
    return {
        "columns": [column_part(column) for column in columns],
        "labels": [
            {"name": name, "colour": colour.value} for name, colour in named if name in used
        ],
        "move_rules": rules["move_rules"],
        "wip_rules": [rule for rule in rules["wip_rules"] if rule["of"] is None],
        "automation_rules": automation,
    }


def exported() -> list[Part]:
    """Return all templates as a portfolio file holds them."""
    query = BoardTemplate.select(BoardTemplate.name, BoardTemplate.content)
    found = rows(query.order_by(BoardTemplate.folded))
    return sorted(({"name": name, **content} for name, content in found), key=lambda it: it["name"])


def column_part(column: Column) -> Part:
    """Return a column as a portfolio file writes it."""
    values = {name: getattr(column, name) for name in COLUMN_FIELDS}
    return {"key": column.key, **{name: getattr(it, "value", it) for name, it in values.items()}}


def _own(found: BoardTemplate) -> BoardTemplateView:
    return _view(str(found.id), found.name, found.content, found.id, found.version)


def _view(
    key: str, name: str, content: Part, own_id: int | None = None, version: int | None = None
) -> BoardTemplateView:
    columns = tuple(column["name"] for column in content["columns"])
    rules = sum(len(content[kind]) for kind in RULES)
    return BoardTemplateView(key, own_id, name, columns, rules, version)
