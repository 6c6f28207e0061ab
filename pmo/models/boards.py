"""Boards and their columns."""

import peewee as pw

from pmo.db import BaseModel, EnumField
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.models.projects import Project


class Board(BaseModel):
    """A board of a project. `revision` grows with everything that its page shows."""

    project = pw.ForeignKeyField(Project, backref="boards")
    project_id: int
    key = pw.CharField(max_length=16)
    name = pw.CharField(max_length=120)
    position = pw.IntegerField()
    next_column_number = pw.IntegerField(default=1)  # column keys are never used again
    revision = pw.BigIntegerField(default=1)
    layout_revision = pw.BigIntegerField(default=1)  # the revision that last changed its columns
    version = pw.IntegerField(default=1)
    rule_kinds = pw.IntegerField(default=0)  # which rules it has, of `domain.board_rules.Rules`

    class Meta:
        """Plural."""

        table_name = "boards"
        indexes = ((("project", "key"), True),)


class Column(BaseModel):
    """A column. Its row is the lock of the order inside it and of its two sums."""

    board = pw.ForeignKeyField(Board, backref="columns")
    board_id: int
    key = pw.CharField(max_length=16)  # c1, c2 …: names it in files and in the journal
    name = pw.CharField(max_length=60)
    meaning = EnumField(ColumnMeaning)
    position = pw.IntegerField()
    wip_limit = pw.IntegerField(null=True)
    wip_kind = EnumField(WipKind)
    definition_of_done = pw.TextField(default="")
    amber_days = pw.IntegerField(null=True)  # a card that stands here longer is tinted
    red_days = pw.IntegerField(null=True)
    task_count = pw.IntegerField(default=0)
    task_weight = pw.IntegerField(default=0)
    guard = pw.IntegerField(default=0)  # of `domain.move_rules.Guard`: what its rules say of it
    revision = pw.BigIntegerField(default=1)  # the board's when this column last changed
    version = pw.IntegerField(default=1)

    class Meta:
        """Sums cannot fall below nothing."""

        table_name = "board_columns"
        indexes = ((("board", "key"), True),)
        constraints = [pw.Check("task_count >= 0"), pw.Check("task_weight >= 0")]
