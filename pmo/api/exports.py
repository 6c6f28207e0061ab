"""Tasks as files for spreadsheet programs."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from pmo.documents import tables
from pmo.domain.permissions import Capability
from pmo.http import current, task_filters, task_tables
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import task_tables as queries
from schemas.task_files import TaskFileSchema

bp = ApiBlueprint("Task files", __name__, description="Tasks as XLSX or CSV.")

FILE = {"type": "string", "format": "binary", "description": "The file."}
TEXT = {"type": "string", "description": "The file."}


@bp.route("/boards/<int:board_id>/tasks/file")
@bp.arguments(TaskFileSchema, location="query")
@bp.response(200, FILE, content_type=tables.XLSX, description="The file.")
@bp.alt_response(200, schema=TEXT, content_type="text/csv", success=True)
@requires(Capability.PROJECT_READ)
def of_board(asked: Mapping[str, Any], board_id: int) -> Response:
    """Get the tasks of a board as a file.

    Those that fit the filter, in their places. No text in it is ever a formula: in CSV an
    apostrophe stands before what a program would take for one.
    """
    meant = task_filters.meant(task_filters.only(asked))
    found = queries.of_board(board_id, current.actor(), meant, today=current.today())
    return task_tables.file(found, asked)


@bp.route("/projects/<int:project_id>/tasks/file")
@bp.arguments(TaskFileSchema, location="query")
@bp.response(200, FILE, content_type=tables.XLSX, description="The file.")
@bp.alt_response(200, schema=TEXT, content_type="text/csv", success=True)
@requires(Capability.PROJECT_READ)
def of_project(asked: Mapping[str, Any], project_id: int) -> Response:
    """Get the tasks of a project as a file.

    Of all its boards, otherwise as for a board.
    """
    meant = task_filters.meant(task_filters.only(asked))
    found = queries.of_project(project_id, current.actor(), meant, today=current.today())
    return task_tables.file(found, asked)
