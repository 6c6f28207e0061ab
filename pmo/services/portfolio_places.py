"""Writing where the tasks of a portfolio file stand: stages, labels, sprints and boards."""

from collections.abc import Mapping
from typing import Any

from pmo.models import Board, Column, Label, Project, Stage
from pmo.services import portfolio_own, portfolio_rules, portfolio_sprints
from pmo.services.portfolio_inserts import period_columns
from pmo.services.portfolio_numbers import Used

Part = dict[str, Any]


class Places:
    """Stages, labels, boards and columns of a project that were written, by their names."""

    def __init__(
        self, row: Project, project: Part, *, used: Used, people: Mapping[str, int]
    ) -> None:
        self.stages = {
            stage["key"]: Stage.create(
                project=row,
                key=stage["key"],
                name=stage["name"],
                position=position,
                **period_columns(stage["period"]),
            ).id
            for position, stage in enumerate(project["stages"], start=1)
        }
        self.labels = {
            label["name"]: Label.create(project=row, **label).id for label in project["labels"]
        }
        self.own_fields = portfolio_own.write_fields(row, project)
        self.sprints = portfolio_sprints.write(row, project, people)
        self.columns: dict[tuple[str, str], int] = {}
        for position, board in enumerate(project["boards"], start=1):
            made = Board.create(
                project=row,
                key=board["key"],
                name=board["name"],
                position=position,
                next_column_number=used.next_column_number(row.code, board),
            )
            for place, column in enumerate(board["columns"], start=1):
                key = (board["key"], column["key"])
                self.columns[key] = Column.create(board=made, position=place, **column).id
            own = {key: id_ for (of, key), id_ in self.columns.items() if of == board["key"]}
            parts = portfolio_rules.Written(own, people, self.stages, self.labels)
            portfolio_rules.write(made.id, board, parts)
