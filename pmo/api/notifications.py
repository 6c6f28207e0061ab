"""One's own notifications: what one is told of, and how much of it."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import notifications as queries
from pmo.services import notifications as services
from schemas.notifications import (
    MutedSchema,
    NotificationQuerySchema,
    NotificationSchema,
    NotificationsSchema,
    UpToSchema,
)

bp = ApiBlueprint("Notifications", __name__, description="What you are told of.")

Fields = Mapping[str, Any]


@bp.route("/notifications")
@bp.arguments(NotificationQuerySchema, location="query")
@bp.response(200, NotificationsSchema)
@requires(Capability.PORTFOLIO_READ)
def index(asked: Fields) -> Any:
    """List your notifications.

    The latest first; unread ones only, unless `show=all`. Of projects that you may see now.
    """
    wanted = {name: value for name, value in asked.items() if name != "show"}
    return queries.page(current.actor(), unread_only=asked["show"] == "unread", **wanted)


@bp.route("/notifications/reading", methods=["POST"])
@bp.arguments(UpToSchema)
@bp.response(204)
@requires(Capability.OWN_NOTIFICATIONS)
def read_all(given: Fields) -> None:
    """Mark all your notifications as read.

    Up to the latest that you saw, if you name it.
    """
    services.mark_all_read(**given, actor=current.actor(), at=clock.now())


@bp.route("/notifications/<int:notification_id>")
@bp.response(200, NotificationSchema)
@requires(Capability.PORTFOLIO_READ)
def show(notification_id: int) -> Any:
    """Get one of your notifications.

    Another's does not exist.
    """
    return queries.one(notification_id, current.actor())


@bp.route("/notifications/<int:notification_id>/reading", methods=["PUT"])
@bp.response(204)
@requires(Capability.OWN_NOTIFICATIONS)
def read(notification_id: int) -> None:
    """Mark one of your notifications as read.

    Again makes no difference.
    """
    services.mark_read(notification_id, actor=current.actor(), at=clock.now())


@bp.route("/projects/<int:project_id>/muting")
@bp.response(200, MutedSchema)
@requires(Capability.PROJECT_READ)
def show_muting(project_id: int) -> Any:
    """Tell whether you have muted a project.

    A muted project tells you of mentions alone.
    """
    return {"is_muted": queries.is_muted(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/muting", methods=["PUT"])
@bp.arguments(MutedSchema)
@bp.response(200, MutedSchema)
@requires(Capability.OWN_NOTIFICATIONS)
def mute(given: Fields, project_id: int) -> Any:
    """Mute a project for yourself, or hear it again.

    Mentions arrive all the same.
    """
    services.set_muted(project_id, **given, actor=current.actor(), at=clock.now())
    return given
