"""Comments on tasks."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import comments as queries
from pmo.services import comments as services
from schemas.comments import (
    CommentSchema,
    CommentViewSchema,
    DiscussionQuerySchema,
    DiscussionSchema,
    PeopleQuerySchema,
    PeopleToMentionSchema,
    WordingsSchema,
)

bp = ApiBlueprint("Comments", __name__, description="Comments: what is said on tasks.")

Fields = Mapping[str, Any]


@bp.route("/tasks/<int:task_id>/comments")
@bp.arguments(DiscussionQuerySchema, location="query")
@bp.response(200, DiscussionSchema)
@requires(Capability.PROJECT_READ)
def index(asked: Fields, task_id: int) -> Any:
    """List the comments of a task.

    The latest first; page on with `before`. A removed one has kept its place and lost its text.
    """
    return queries.of_task(task_id, current.actor(), **asked)


@bp.route("/tasks/<int:task_id>/comments", methods=["POST"])
@tagged("version")
@bp.arguments(CommentSchema)
@bp.response(201, CommentViewSchema)
@requires(Capability.TASK_COMMENT)
def create(fields: Fields, task_id: int) -> Any:
    """Comment on a task.

    Markdown; `@login` mentions a person of the project. 409 if the task is in the archive.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(task_id, **fields, actor=actor, at=at).comment_id)
    return _comment(made.id), 201, made.headers("Comments.show", comment_id=made.id)


@bp.route("/tasks/<int:task_id>/people-to-mention")
@bp.arguments(PeopleQuerySchema, location="query")
@bp.response(200, PeopleToMentionSchema)
@requires(Capability.TASK_COMMENT)
def people(asked: Fields, task_id: int) -> Any:
    """List whom a comment on a task can mention.

    The eight first by name whose login or name begins so.
    """
    return {"items": queries.people(task_id, current.actor(), **asked)}


@bp.route("/comments/<int:comment_id>")
@tagged("version")
@bp.response(200, CommentViewSchema)
@requires(Capability.PROJECT_READ)
def show(comment_id: int) -> Any:
    """Get a comment.

    A removed one is not there any more.
    """
    return _comment(comment_id)


@bp.route("/comments/<int:comment_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(CommentSchema)
@bp.response(200, CommentViewSchema)
@requires(Capability.TASK_COMMENT)
def update(fields: Fields, comment_id: int) -> Any:
    """Edit a comment of your own.

    What it said before can be read under `wordings`.
    """
    version = etags.expected_version()
    services.edit(
        comment_id, **fields, expected_version=version, actor=current.actor(), at=clock.now()
    )
    return _comment(comment_id)


@bp.route("/comments/<int:comment_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.TASK_COMMENT)
def destroy(comment_id: int) -> None:
    """Remove a comment: your own, or any as the project's lead.

    The list keeps its place, without its text.
    """
    version = etags.expected_version()
    services.remove(comment_id, expected_version=version, actor=current.actor(), at=clock.now())


@bp.route("/comments/<int:comment_id>/restoration", methods=["POST"])
@tagged("version")
@bp.response(200, CommentViewSchema)
@requires(Capability.TASK_COMMENT)
def restore(comment_id: int) -> Any:
    """Bring a removed comment back.

    One that you removed yourself, or any as the project's lead. One that stands stays as it is.
    """
    services.restore(comment_id, actor=current.actor(), at=clock.now())
    return _comment(comment_id)


@bp.route("/comments/<int:comment_id>/wordings")
@bp.response(200, WordingsSchema)
@requires(Capability.PROJECT_READ)
def wordings(comment_id: int) -> Any:
    """Get what a comment said before it was edited.

    The present text first.
    """
    return {"items": queries.wordings(comment_id, current.actor())}


def _comment(comment_id: int) -> queries.CommentView:
    return queries.comment(comment_id, current.actor())
