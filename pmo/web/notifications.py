"""Notifications: the page behind the bell."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import NotificationKind
from pmo.http import current, redirects, rendering
from pmo.http.access import requires
from pmo.queries import notifications as queries
from pmo.queries.notifications import NotificationView
from pmo.services import notifications as services
from schemas.notifications import MutedSchema, NotificationPageSchema, ReadForm, UpToSchema

bp = Blueprint("notifications", __name__)


@bp.get("/notifications")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show what I am told of: the unread, or all."""
    asked = NotificationPageSchema().load_filled(request.args)
    facts = _page(asked)
    if rendering.is_htmx() and "before_id" in asked:
        return render_template("notifications/_items.html", **facts)
    muted = queries.muted(current.actor())
    return render_template("notifications/index.html", muted=muted, **facts)


@bp.post("/notifications/reading")
@requires(Capability.OWN_NOTIFICATIONS)
def read_all() -> ResponseReturnValue:
    """Mark all as read that I have seen."""
    given = UpToSchema().load(request.form)
    services.mark_all_read(**given, actor=current.actor(), at=clock.now())
    return redirect(url_for("notifications.index"), 303)


@bp.post("/notifications/<int:notification_id>/opening")
@requires(Capability.OWN_NOTIFICATIONS)
def open_(notification_id: int) -> ResponseReturnValue:
    """Mark one as read and go to what it tells of."""
    told = queries.one(notification_id, current.actor())
    services.mark_read(notification_id, actor=current.actor(), at=clock.now())
    return redirect(_address(told), 303)


@bp.post("/notifications/<int:notification_id>/reading")
@requires(Capability.OWN_NOTIFICATIONS)
def read(notification_id: int) -> ResponseReturnValue:
    """Mark one as read and stay."""
    given = ReadForm().load(request.form)
    services.mark_read(notification_id, actor=current.actor(), at=clock.now())
    if rendering.is_htmx():
        told = queries.one(notification_id, current.actor())
        return render_template("notifications/_item.html", told=told)
    return redirect(redirects.safe_next(given["next"], url_for("notifications.index")), 303)


@bp.post("/projects/<int:project_id>/muting")
@requires(Capability.OWN_NOTIFICATIONS)
def mute(project_id: int) -> ResponseReturnValue:
    """Hear of mentions alone in a project, or of everything again."""
    given = MutedSchema().load(request.form)
    services.set_muted(project_id, **given, actor=current.actor(), at=clock.now())
    muted, heard = (
        _("The project is muted: only mentions arrive."),
        _("The project is heard again."),
    )
    flash(muted if given["is_muted"] else heard, "success")
    return redirect(url_for("notifications.index"), 303)


def _page(asked: dict[str, Any]) -> dict[str, Any]:
    show, kind, before_id = asked["show"], asked.get("kind"), asked.get("before_id")
    page = queries.page(
        current.actor(), unread_only=show == "unread", kind=kind, before_id=before_id
    )
    return {"page": page, "show": show, "kind": kind, "kinds": list(NotificationKind)}


def _address(told: NotificationView) -> str:
    if told.kind is NotificationKind.RULE_OFF and (board_id := queries.board_of(told)):
        return url_for("automation.log", board_id=board_id)
    if told.kind is NotificationKind.CYCLOGRAM and told.task_id is None:
        return url_for("cyclograms.show", project_id=told.project_id)
    if told.task_id is None:
        return url_for("projects.show", project_id=told.project_id)
    anchor = rendering.dom_id("comment", told.comment_id) if told.comment_id else None
    return url_for("tasks.show", task_id=told.task_id, _anchor=anchor)
