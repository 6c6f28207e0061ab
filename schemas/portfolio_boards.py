"""Boards and their templates in a portfolio file."""

from pmo.domain.ageing import MOST_DAYS
from pmo.domain.board_templates import MOST_COLUMNS
from pmo.domain.vocabulary import (
    ColumnMeaning,
    LabelColour,
    WipKind,
)
from schemas import portfolio_fields as f
from schemas.boards import MOST_LIMIT
from schemas.portfolio_names import MOST_PARTS, TEXT
from schemas.portfolio_part import Part
from schemas.portfolio_rules import AutomationRuleSchema, MoveRuleSchema, WipRuleSchema


class LabelSchema(Part):
    name = f.Line("Names it within the project.", most=60, least=1)
    colour = f.OneOf("Colour.", LabelColour)


class ColumnSchema(Part):
    key = f.Key("Names it within the board: c1, c2 …", most=16, least=1)
    name = f.Line("Name.", most=60, least=1)
    meaning = f.OneOf("What standing in it says about a task.", ColumnMeaning)
    wip_limit = f.Whole(
        "Most tasks in it at once; null for no limit.",
        low=1,
        high=MOST_LIMIT,
        load_default=None,
        allow_none=True,
    )
    wip_kind = f.OneOf("What the limit does.", WipKind, load_default=WipKind.NONE)
    definition_of_done = f.Text("When a task may leave it.", most=TEXT, load_default="")
    amber_days = f.Whole(
        "After how many days in it a task is tinted amber; null for never.",
        low=1,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )
    red_days = f.Whole(
        "After how many days in it a task is tinted red; null for never.",
        low=1,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )


class BoardSchema(Part):
    key = f.Key("Names it within the project.", most=16, least=1)
    name = f.Line("Name.", most=120, least=1)
    columns = f.ListOf(
        f.Part(ColumnSchema), "Its columns, left to right.", most=MOST_COLUMNS, required=True
    )
    move_rules = f.ListOf(f.Part(MoveRuleSchema), "Who may move cards.", most=MOST_PARTS)
    wip_rules = f.ListOf(f.Part(WipRuleSchema), "Limits of work in progress.", most=MOST_PARTS)
    automation_rules = f.ListOf(
        f.Part(AutomationRuleSchema), "What it does by itself, in order.", most=MOST_PARTS
    )


class BoardTemplateSchema(Part):
    name = f.Line("Name.", most=120, least=1)
    columns = f.ListOf(
        f.Part(ColumnSchema), "Its columns, left to right.", most=MOST_COLUMNS, required=True
    )
    labels = f.ListOf(f.Part(LabelSchema), "Labels that its rules name.", most=MOST_PARTS)
    move_rules = f.ListOf(f.Part(MoveRuleSchema), "Who may move cards.", most=MOST_PARTS)
    wip_rules = f.ListOf(f.Part(WipRuleSchema), "Limits for each, none for one.", most=MOST_PARTS)
    automation_rules = f.ListOf(
        f.Part(AutomationRuleSchema), "What it does by itself, in order.", most=MOST_PARTS
    )
