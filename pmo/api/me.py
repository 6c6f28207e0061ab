"""Oneself: who one is, password, language, sign-ins and API tokens."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import make_response

from pmo import clock
from pmo.domain.permissions import Capability, office_may
from pmo.http import current, idempotency, visitors
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.days import end_of
from pmo.queries import accounts as queries
from pmo.services import accounts, sessions, tokens
from schemas.accounts import LanguageSchema, PasswordChangeSchema, TokenCreateSchema
from schemas.me import (
    MeSchema,
    SessionListSchema,
    TokenCreatedSchema,
    TokenListSchema,
)

bp = ApiBlueprint("Me", __name__, description="Yourself; your sign-ins and API tokens.")

Fields = Mapping[str, Any]


@bp.route("/me")
@bp.response(200, MeSchema)
@requires(Capability.PORTFOLIO_READ)
def show() -> Any:
    """Get who you are and what your office role allows.

    With a token: also its scopes.
    """
    actor = current.actor()
    can = [capability.value for capability in Capability if office_may(actor, capability)]
    own = asdict(queries.own(actor))
    return {**own, "user_id": actor.user_id, "scopes": _sorted(actor.scopes), "can": can}


@bp.route("/me/language", methods=["PUT"])
@bp.arguments(LanguageSchema)
@bp.response(204)
@requires(Capability.OWN_ACCOUNT)
def set_language(given: Fields) -> None:
    """Choose the language that you are spoken to.

    Session only.
    """
    accounts.set_language(given["language"], actor=current.actor(), at=clock.now())


@bp.route("/me/password", methods=["PUT"])
@bp.arguments(PasswordChangeSchema)
@bp.response(204)
@requires(Capability.OWN_ACCOUNT)
def change_password(given: Fields) -> Any:
    """Change your password.

    Session only. All your sign-ins end; the answer's cookie begins a new one.
    """
    started = accounts.change_password(
        given["current_password"],
        new_password=given["new_password"],
        office_name=current.settings().office_name,
        entry=visitors.entry(),
        actor=current.actor(),
        at=clock.now(),
    )
    response = make_response("", 204)
    visitors.remember(response, started.token, started.expires_at)
    return response


@bp.route("/me/sessions")
@bp.response(200, SessionListSchema)
@requires(Capability.OWN_ACCOUNT)
def index_of_sessions() -> Any:
    """List your sign-ins that are alive.

    Session only.
    """
    visitor = current.visitor()
    present = visitor.session if visitor else None
    return {"items": queries.sessions(current.actor(), present=present, at=clock.now())}


@bp.route("/me/sessions/<string(maxlength=16):mark>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.OWN_ACCOUNT)
def end_session(mark: str) -> None:
    """End one of your sign-ins.

    Session only. It opens nothing from that moment on.
    """
    sessions.end_by_mark(mark, actor=current.actor(), at=clock.now())


@bp.route("/tokens")
@bp.response(200, TokenListSchema)
@requires(Capability.OWN_TOKENS)
def index_of_tokens() -> Any:
    """List your API tokens.

    Session only: a token sees and makes no tokens.
    """
    return {"items": queries.tokens(current.actor(), at=clock.now())}


@bp.route("/tokens", methods=["POST"])
@bp.arguments(TokenCreateSchema)
@bp.response(201, TokenCreatedSchema)
@requires(Capability.OWN_TOKENS)
def create_token(given: Fields) -> Any:
    """Make an API token.

    Session only. The token is shown in this answer and nowhere else: only its hash is kept.
    """
    actor, at = current.actor(), clock.now()
    secrets: list[str] = []

    def create() -> int:
        scopes, expires_at = given["scopes"], end_of(given["expires_on"])
        made = tokens.create(
            given["name"], scopes=scopes, expires_at=expires_at, actor=actor, at=at
        )
        secrets.append(made.token)
        return made.token_id

    made = idempotency.once(create)
    [token] = [token for token in queries.tokens(actor, at=at) if token.id == made.id]
    headers = made.headers("Me.index_of_tokens")
    return {**asdict(token), "token": secrets[0] if secrets else None}, 201, headers


@bp.route("/tokens/<int:token_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.OWN_TOKENS)
def revoke_token(token_id: int) -> None:
    """Revoke one of your API tokens.

    Session only. It opens nothing from that moment on.
    """
    tokens.revoke(token_id, actor=current.actor(), at=clock.now())


def _sorted(scopes: Any) -> Any:
    return None if scopes is None else sorted(scopes)
