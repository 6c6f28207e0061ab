"""Boards and their columns."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pmo import clock
from pmo.domain.board_templates import ColumnPlan
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import boards as queries
from pmo.services import board_templates
from pmo.services import boards as services
from schemas.board_templates import BoardCreateSchema
from schemas.boards import (
    BoardHeadSchema,
    BoardListSchema,
    BoardNameSchema,
    BoardSchema,
    ColumnCreateSchema,
    ColumnPlacementSchema,
    ColumnSchema,
    ColumnUpdateSchema,
)

bp = ApiBlueprint("Boards", __name__, description="Boards of projects, and their columns.")

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/boards")
@bp.response(200, BoardListSchema)
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> Any:
    """List the boards of a project.

    Without their columns.
    """
    return {"items": queries.of_project(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/boards", methods=["POST"])
@tagged("version")
@bp.arguments(BoardCreateSchema)
@bp.response(201, BoardHeadSchema)
@requires(Capability.BOARD_CONFIGURE)
def create(fields: Fields, project_id: int) -> Any:
    """Add a board to a project.

    It begins with the usual columns, or with those and the rules of a template. Labels that these
    rules name are added to the project.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(
        lambda: board_templates.create_board(project_id, **fields, actor=actor, at=at).board_id
    )
    board = queries.head(made.id, actor)
    return board, 201, made.headers("Boards.show", board_id=made.id)


@bp.route("/boards/<int:board_id>")
@tagged("version")
@bp.response(200, BoardSchema)
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> Any:
    """Get a whole board: columns, left to right, with their tasks, top to bottom.

    Cheap to ask again with If-None-Match: an unchanged board is not read.
    """
    head = queries.head(board_id, current.actor())
    etags.declare(head.version, head, current.today())
    columns = queries.columns(board_id, today=current.today())
    return {**asdict(head), "columns": columns}


@bp.route("/boards/<int:board_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(BoardNameSchema)
@bp.response(200, BoardHeadSchema)
@requires(Capability.BOARD_CONFIGURE)
def update(fields: Fields, board_id: int) -> Any:
    """Give a board another name.

    If-Match compares edits of the board itself, not of its tasks.
    """
    services.rename(
        board_id,
        **fields,
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return queries.head(board_id, current.actor())


@bp.route("/boards/<int:board_id>/columns", methods=["POST"])
@tagged("version")
@bp.arguments(ColumnCreateSchema)
@bp.response(201, ColumnSchema)
@requires(Capability.BOARD_CONFIGURE)
def create_column(fields: Fields, board_id: int) -> Any:
    """Add a column at the right end of a board.

    A limit needs a number and a kind, or neither.
    """
    actor, at, plan = current.actor(), clock.now(), ColumnPlan(**fields)

    def create() -> int:
        return services.add_column(board_id, plan=plan, actor=actor, at=at).column_id or 0

    made = idempotency.once(create)
    return _column(made.id), 201, made.headers("Boards.show_column", column_id=made.id)


@bp.route("/columns/<int:column_id>")
@tagged("version")
@bp.response(200, ColumnSchema)
@requires(Capability.PROJECT_READ)
def show_column(column_id: int) -> Any:
    """Get a column: its name, limit and sums.

    Its tasks: `/boards/{board_id}/tasks?column_id=…`.
    """
    return _column(column_id)


@bp.route("/columns/<int:column_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(ColumnUpdateSchema)
@bp.response(200, ColumnSchema)
@requires(Capability.BOARD_CONFIGURE)
def update_column(fields: Fields, column_id: int) -> Any:
    """Edit a column: name, meaning, limit, definition of done.

    What is left out stays as it is. A limit needs a number and a kind, or neither.
    """
    services.edit_column(
        column_id,
        changes=dict(fields),
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return _column(column_id)


@bp.route("/columns/<int:column_id>/placement", methods=["PUT"])
@bp.arguments(ColumnPlacementSchema)
@bp.response(200, ColumnSchema)
@requires(Capability.BOARD_CONFIGURE)
def place_column(wanted: Fields, column_id: int) -> Any:
    """Move a column on its board.

    Names the neighbour at its right. Needs no If-Match: the place is found under a lock.
    """
    services.move_column(column_id, **wanted, actor=current.actor(), at=clock.now())
    return _column(column_id)


@bp.route("/columns/<int:column_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.BOARD_CONFIGURE)
def destroy_column(column_id: int) -> None:
    """Remove an empty column.

    409 while tasks stand in it, or if it is the last one.
    """
    version = etags.expected_version()
    services.remove_column(
        column_id, expected_version=version, actor=current.actor(), at=clock.now()
    )


def _column(column_id: int) -> queries.ColumnHead:
    _, view = queries.column(column_id, current.actor(), today=current.today())
    return view.head
