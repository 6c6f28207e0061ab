"""Boards, their columns and rules, and drafts of boards."""

from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import AutomationRule, Board, BoardDraft, Column, MoveRule, Project, WipRule
from pmo.queries.access.loaders import Loader, ProjectAccess


@dataclass(frozen=True, slots=True)
class BoardAccess(ProjectAccess):
    """A board with what its page's head says; `revision` is the present one."""

    board_id: int
    name: str
    revision: int
    version: int
    project_name: str
    rules: int


@dataclass(frozen=True, slots=True)
class ColumnAccess(ProjectAccess):
    """A column of a board."""

    column_id: int
    board_id: int
    board_key: str
    rules: int  # which kinds its board has, of `domain.board_rules.Rules`


@dataclass(frozen=True, slots=True)
class BoardPartAccess(ProjectAccess):
    """A rule of a board."""

    part_id: int
    board_id: int


@dataclass(frozen=True, slots=True)
class BoardDraftAccess(ProjectAccess):
    """A board from outside that waits for its owner, and the board it is for."""

    draft_id: int
    board_id: int
    board_key: str


board = Loader(
    BoardAccess,
    "board",
    lambda query: query.join(Board),
    Board.id,
    Board.id,
    Board.name,
    Board.revision,
    Board.version,
    Project.short_name,
    Board.rule_kinds,
)
column = Loader(
    ColumnAccess,
    "column",
    lambda query: query.join(Board).join(Column),
    Column.id,
    Column.id,
    Board.id,
    Board.key,
    Board.rule_kinds,
)


def _rule(kind: str, rule: Any) -> Loader[BoardPartAccess]:
    def chain(query: "pw.ModelSelect[Any]") -> "pw.ModelSelect[Any]":
        return query.join(Board).join(rule)

    return Loader(BoardPartAccess, kind, chain, rule.id, rule.id, Board.id)


move_rule = _rule("move_rule", MoveRule)
wip_rule = _rule("wip_rule", WipRule)
automation_rule = _rule("automation_rule", AutomationRule)

_board_draft = Loader(
    BoardDraftAccess,
    "board_draft",
    lambda query: query.join(Board).join(BoardDraft),
    BoardDraft.id,
    BoardDraft.id,
    Board.id,
    Board.key,
    BoardDraft.owner,
)


def board_draft(draft_id: int, actor: Actor, capability: Capability) -> BoardDraftAccess:
    """Load a draft of a board; another's does not exist. Raises NotFound, Forbidden."""
    *values, owner_id = _board_draft.values(draft_id, actor, capability)
    if owner_id != actor.user_id:
        raise NotFound(kind="board_draft")
    return BoardDraftAccess(*values)
