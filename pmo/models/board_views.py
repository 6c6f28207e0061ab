"""How people look at boards: each one's own look, and filters kept under a name."""

import peewee as pw

from pmo.db import BaseModel, JsonTextField
from pmo.models.accounts import User
from pmo.models.boards import Board
from pmo.models.projects import Project


class BoardLook(BaseModel):
    """How one person looks at one board. look: of `domain.board_looks`, as plain values."""

    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    user_id: int
    board = pw.ForeignKeyField(Board, backref="+", on_delete="CASCADE")
    board_id: int
    look = JsonTextField()

    class Meta:
        """One for a person and a board."""

        table_name = "board_looks"
        primary_key = pw.CompositeKey("user", "board")


class SavedFilter(BaseModel):
    """A filter of a project's tasks under a name: its owner's own, or shared with the project."""

    project = pw.ForeignKeyField(Project, backref="+", index=False)
    project_id: int
    owner = pw.ForeignKeyField(User, backref="+")
    owner_id: int
    name = pw.CharField(max_length=60)
    is_shared = pw.BooleanField(default=False)
    asked = JsonTextField()  # of `schemas.task_filters`, only what filters
    version = pw.IntegerField(default=1)

    class Meta:
        """Listed by project; a person uses a name once."""

        table_name = "saved_filters"
        indexes = ((("project", "owner", "name"), True),)
