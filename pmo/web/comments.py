"""Comments in the panel of a task: say something, edit, remove and restore it, read on."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import StaleVersion
from pmo.http import current, forms, rendering
from pmo.http.access import requires
from pmo.queries import comments as queries
from pmo.queries import tasks
from pmo.services import comments as services
from pmo.web import sections
from schemas.comments import (
    COMMENT_LENGTH,
    CommentForm,
    CommentRemovalForm,
    CommentSchema,
    DiscussionPageSchema,
    PeopleQuerySchema,
)

bp = Blueprint("comments", __name__)

SECTION = "tasks/show/_comments.html"
ANCHOR = "comments"


@bp.get("/tasks/<int:task_id>/comments")
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> ResponseReturnValue:
    """Show earlier comments: a piece for the panel, or a page with the form."""
    asked = DiscussionPageSchema().load(request.args)
    comments = queries.of_task(task_id, current.actor(), **asked)
    if rendering.is_htmx():
        return render_template("comments/_items.html", comments=comments)
    return render_template(
        "comments/index.html",
        task=tasks.task(task_id, current.actor(), today=current.today()),
        comments=comments,
        comment_length=COMMENT_LENGTH,
    )


@bp.post("/tasks/<int:task_id>/comments")
@requires(Capability.TASK_COMMENT)
@forms.redraws(index)
def create(task_id: int) -> ResponseReturnValue:
    """Say something on a task."""
    given = CommentSchema().load(request.form)
    services.add(task_id, **given, actor=current.actor(), at=clock.now())
    return _changed(task_id)


@bp.get("/tasks/<int:task_id>/people-to-mention")
@requires(Capability.TASK_COMMENT)
def people(task_id: int) -> ResponseReturnValue:
    """Draw the list of those whose name is being typed."""
    asked = PeopleQuerySchema().load(request.args)
    found = queries.people(task_id, current.actor(), **asked)
    return render_template("comments/_people.html", people=found)


@bp.get("/comments/<int:comment_id>")
@requires(Capability.PROJECT_READ)
def show(comment_id: int) -> ResponseReturnValue:
    """Show one comment as it stands: what “cancel” brings back."""
    comment = queries.comment(comment_id, current.actor())
    if not rendering.is_htmx():
        anchor = rendering.dom_id("comment", comment_id)
        return redirect(url_for("tasks.show", task_id=comment.task_id, _anchor=anchor))
    return render_template("comments/_comment.html", comment=comment)


@bp.get("/comments/<int:comment_id>/edit")
@requires(Capability.TASK_COMMENT)
def edit(comment_id: int) -> ResponseReturnValue:
    """Show the form of a comment of one's own."""
    comment = queries.own(comment_id, current.actor())
    form = forms.state({"text": comment.text, "version": comment.version})
    facts: dict[str, Any] = {
        "comment": comment,
        "form": form,
        "comment_length": COMMENT_LENGTH,
        "is_stale": form.value("version") != str(comment.version),
        "is_part": rendering.is_htmx(),
    }
    template = "comments/_edit.html" if facts["is_part"] else "comments/edit.html"
    return render_template(template, **facts)


@bp.post("/comments/<int:comment_id>")
@requires(Capability.TASK_COMMENT)
@forms.redraws(edit, StaleVersion)
def update(comment_id: int) -> ResponseReturnValue:
    """Save a comment."""
    given = CommentForm().load(request.form)
    saved = services.edit(
        comment_id,
        text=given["text"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    return _changed(saved.task_id)


@bp.post("/comments/<int:comment_id>/removal")
@requires(Capability.TASK_COMMENT)
def destroy(comment_id: int) -> ResponseReturnValue:
    """Remove a comment; a line stays in its place."""
    given = CommentRemovalForm().load(request.form)
    removed = services.remove(
        comment_id, expected_version=given["version"], actor=current.actor(), at=clock.now()
    )
    return _changed(removed.task_id)


@bp.post("/comments/<int:comment_id>/restoration")
@requires(Capability.TASK_COMMENT)
def restore(comment_id: int) -> ResponseReturnValue:
    """Bring a removed comment back."""
    restored = services.restore(comment_id, actor=current.actor(), at=clock.now())
    return _changed(restored.task_id)


@bp.get("/comments/<int:comment_id>/wordings")
@requires(Capability.PROJECT_READ)
def wordings(comment_id: int) -> ResponseReturnValue:
    """Show what a comment said before it was edited."""
    found = queries.wordings(comment_id, current.actor())
    comment = queries.comment(comment_id, current.actor())
    template = "comments/_wordings.html" if rendering.is_htmx() else "comments/wordings.html"
    return render_template(template, comment=comment, wordings=found)


def _changed(task_id: int) -> ResponseReturnValue:
    return sections.changed(
        task_id,
        SECTION,
        anchor=ANCHOR,
        comments=queries.of_task(task_id, current.actor()),
        comment_length=COMMENT_LENGTH,
    )
