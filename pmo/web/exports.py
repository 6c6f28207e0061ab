"""Tasks of a board or a project as a file for spreadsheet programs."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from pmo.domain.permissions import Capability
from pmo.http import current, task_filters, task_tables
from pmo.http.access import requires
from pmo.queries import boards
from pmo.queries import task_tables as queries
from schemas.task_files import TaskFileSchema

bp = Blueprint("exports", __name__)


@bp.get("/boards/<int:board_id>/export")
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> str:
    """Offer the forms of the file, for the tasks that fit the filter of the address."""
    actor, today = current.actor(), current.today()
    board = boards.head(board_id, actor)
    asked = task_filters.read(request.args)
    meant = task_filters.meant(asked)
    return render_template(
        "exports/show.html",
        board=board,
        count=queries.count_of_board(board_id, actor, meant, today=today),
        filters=[(name, value) for name, value in request.args.items(multi=True) if value],
        is_part=bool(asked),
    )


@bp.get("/boards/<int:board_id>/tasks-file")
@requires(Capability.PROJECT_READ)
def of_board(board_id: int) -> Response:
    """Give the tasks of a board that fit the filter as a file."""
    asked = _asked()
    found = queries.of_board(board_id, current.actor(), _meant(asked), today=current.today())
    return task_tables.file(found, asked)


@bp.get("/projects/<int:project_id>/tasks-file")
@requires(Capability.PROJECT_READ)
def of_project(project_id: int) -> Response:
    """Give the tasks of a project that fit the filter as a file."""
    asked = _asked()
    found = queries.of_project(project_id, current.actor(), _meant(asked), today=current.today())
    return task_tables.file(found, asked)


def _asked() -> dict[str, Any]:
    asked: dict[str, Any] = TaskFileSchema().load_filled(request.args)
    return asked


def _meant(asked: dict[str, Any]) -> Any:
    return task_filters.meant(task_filters.only(asked))
