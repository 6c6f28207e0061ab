"""Rules of boards: moves, work in progress, automation with its log; templates of boards."""

import peewee as pw

from pmo.db import BaseModel, EnumField, JsonTextField, UTCDateTimeField
from pmo.domain.vocabulary import (
    AutomationAction,
    AutomationOutcome,
    AutomationTrigger,
    MemberRole,
    WipBy,
    WipKind,
)
from pmo.models.accounts import User
from pmo.models.boards import Board, Column
from pmo.models.projects import Label, Stage
from pmo.models.tasks import Task


class MoveRule(BaseModel):
    """Who may move a card from a column to another; a column that is null stands for any."""

    board = pw.ForeignKeyField(Board, backref="move_rules")
    board_id: int
    source = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="CASCADE")
    source_id: int | None
    target = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="CASCADE")
    target_id: int | None
    least_role = EnumField(MemberRole)

    class Meta:
        """Plural."""

        table_name = "move_rules"


class WipRule(BaseModel):
    """How many cards in progress a person, a stage or a label may have at once.

    A rule that names none is for each of its kind.
    """

    board = pw.ForeignKeyField(Board, backref="wip_rules")
    board_id: int
    by = EnumField(WipBy)
    user = pw.ForeignKeyField(User, null=True, backref="+")
    user_id: int | None
    stage = pw.ForeignKeyField(Stage, null=True, backref="+", on_delete="CASCADE")
    stage_id: int | None
    label = pw.ForeignKeyField(Label, null=True, backref="+", on_delete="CASCADE")
    label_id: int | None
    most = pw.IntegerField()
    kind = EnumField(WipKind)

    class Meta:
        """Plural."""

        table_name = "wip_rules"
        constraints = [pw.Check("most > 0")]


class AutomationRule(BaseModel):
    """What is done by itself, and when. Which of the particulars count, the two kinds tell."""

    board = pw.ForeignKeyField(Board, backref="automation_rules", index=False)
    board_id: int
    position = pw.IntegerField()
    name = pw.CharField(max_length=80)
    is_on = pw.BooleanField(default=True)
    trigger = EnumField(AutomationTrigger)
    column = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="CASCADE")
    column_id: int | None
    days = pw.IntegerField(null=True)
    action = EnumField(AutomationAction)
    target = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="CASCADE")
    target_id: int | None
    user = pw.ForeignKeyField(User, null=True, backref="+")
    user_id: int | None
    label = pw.ForeignKeyField(Label, null=True, backref="+", on_delete="CASCADE")
    label_id: int | None
    text = pw.TextField(default="")
    refusals = pw.IntegerField(default=0)  # how often it was stopped from going round in a circle
    version = pw.IntegerField(default=1)

    class Meta:
        """The name is what the journal calls it by."""

        table_name = "automation_rules"
        indexes = ((("board", "name"), True),)


class AutomationRun(BaseModel):
    """One act that a rule owes or has done: queue and log in one.

    occasion: what it is due to; a rule acts once on a task for one occasion. depth: how many
    automatic acts led to it.
    """

    id = pw.BigAutoField()
    board = pw.ForeignKeyField(Board, backref="+", index=False)
    board_id: int
    rule = pw.ForeignKeyField(
        AutomationRule, null=True, backref="runs", on_delete="SET NULL", index=False
    )
    rule_id: int | None
    rule_name = pw.CharField(max_length=80)
    task = pw.ForeignKeyField(Task, backref="+")
    task_id: int
    occasion = pw.CharField(max_length=64)
    depth = pw.IntegerField(default=0)
    at = UTCDateTimeField()
    outcome = EnumField(AutomationOutcome)
    note = JsonTextField(default=dict)

    class Meta:
        """Once for an occasion; by board for its log, by outcome for what is pending."""

        table_name = "automation_runs"
        indexes = (
            (("rule", "task", "occasion"), True),
            (("board", "id"), False),
            (("outcome", "id"), False),
        )


class BoardTemplate(BaseModel):
    """A board's columns and rules, without people and cards, for boards to come."""

    name = pw.CharField(max_length=120)
    folded = pw.CharField(max_length=240, unique=True)
    content = JsonTextField()
    created_at = UTCDateTimeField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "board_templates"
