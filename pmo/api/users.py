"""Accounts, for their administrator; never by a token."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import accounts as queries
from pmo.services import accounts
from schemas.accounts import UserCreateSchema, UserQuerySchema
from schemas.users import InitialPasswordSchema, UserPageSchema, UserPatchSchema, UserSchema

bp = ApiBlueprint("Users", __name__, description="Accounts, for their administrator.")

Fields = Mapping[str, Any]


@bp.route("/users")
@bp.arguments(UserQuerySchema, location="query")
@bp.response(200, UserPageSchema)
@requires(Capability.USERS_MANAGE)
def index(asked: Fields) -> Any:
    """List accounts.

    Session only. Active ones first, by name.
    """
    size = asked["page_size"]
    page = queries.users(current.actor(), search=asked["search"], number=asked["page"], size=size)
    return {**asdict(page), "page_size": size}


@bp.route("/users", methods=["POST"])
@bp.arguments(UserCreateSchema)
@bp.response(201, InitialPasswordSchema)
@requires(Capability.USERS_MANAGE)
def create(given: Fields) -> Any:
    """Make an account.

    Session only. The initial password is shown in this answer and nowhere else; its person
    must choose another one at the first sign-in, within seven days.
    """
    profile = accounts.Profile(given["name"], given["position"], given["role"])
    actor, at = current.actor(), clock.now()
    return _with_password(
        lambda: accounts.create(given["login"], profile=profile, actor=actor, at=at)
    )


@bp.route("/users/<int:user_id>")
@tagged("version")
@bp.response(200, UserSchema)
@requires(Capability.USERS_MANAGE)
def show(user_id: int) -> Any:
    """Get an account.

    Session only.
    """
    return queries.user(user_id, current.actor())


@bp.route("/users/<int:user_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(UserPatchSchema)
@bp.response(200, UserSchema)
@requires(Capability.USERS_MANAGE)
def update(changes: Fields, user_id: int) -> Any:
    """Edit an account; disable or enable it.

    Session only. What is left out stays as it is. A disabled person's sign-ins and tokens end
    at once. 409 if nobody could manage the accounts then.
    """
    actor, version = current.actor(), etags.expected_version()
    present = {**asdict(queries.user(user_id, actor)), **changes}
    profile = accounts.Profile(present["name"], present["position"], present["role"])
    accounts.change(
        user_id,
        profile=profile,
        is_active=present["is_active"],
        expected_version=version,
        actor=actor,
        at=clock.now(),
    )
    return queries.user(user_id, actor)


@bp.route("/users/<int:user_id>/initial-password", methods=["POST"])
@bp.response(201, InitialPasswordSchema)
@requires(Capability.USERS_MANAGE)
def reset_password(user_id: int) -> Any:
    """Give a person a new initial password.

    Session only. Their sign-ins and tokens end. Shown in this answer and nowhere else.
    """
    actor, at = current.actor(), clock.now()
    return _with_password(lambda: accounts.reset_password(user_id, actor=actor, at=at))


def _with_password(make: Any) -> Any:
    """Answer with a password that was made now; a replay has none to show."""
    shown: dict[str, Any] = {"password": None, "expires_at": None}

    def create() -> int:
        made = make()
        shown.update(password=made.password, expires_at=made.expires_at)
        return int(made.user_id)

    made = idempotency.once(create)
    user = queries.user(made.id, current.actor())
    return {**shown, "user": user}, 201, made.headers("Users.show", user_id=made.id)
