"""One's own account: password, language, sign-ins and API tokens."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from pmo import clock, errors
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import TokenScope
from pmo.http import current, forms, redirects, visitors
from pmo.http.access import requires
from pmo.http.days import end_of
from pmo.queries import accounts as queries
from pmo.services import accounts, sessions, tokens
from schemas.accounts import LanguageForm, PasswordChangeSchema, TokenCreateSchema

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@requires(Capability.OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """Show who one is, the language and the sign-ins that are alive."""
    visitor = current.visitor()
    own = queries.own(current.actor())
    return render_template(
        "account/show.html",
        own=own,
        form=forms.state({"language": own.language}),
        sessions=queries.sessions(
            current.actor(), present=visitor.session if visitor else None, at=clock.now()
        ),
    )


@bp.post("/language")
@requires(Capability.OWN_ACCOUNT)
@forms.redraws(show)
def set_language() -> ResponseReturnValue:
    """Choose the language."""
    given = LanguageForm().load(request.form)
    accounts.set_language(given["language"], actor=current.actor(), at=clock.now())
    refresh()
    return redirect(redirects.safe_next(given["next"], url_for("account.show")), 303)


@bp.get("/password")
@requires(Capability.OWN_ACCOUNT)
def edit_password() -> ResponseReturnValue:
    """Show the form of the password."""
    own = queries.own(current.actor())
    return render_template("account/password.html", own=own, form=forms.state())


@bp.post("/password")
@requires(Capability.OWN_ACCOUNT)
@forms.redraws(edit_password, errors.TooManyAttempts)
def change_password() -> ResponseReturnValue:
    """Change the password; all sign-ins end, and this browser gets a new one."""
    given = PasswordChangeSchema().load(request.form)
    started = accounts.change_password(
        given["current_password"],
        new_password=given["new_password"],
        office_name=current.settings().office_name,
        entry=visitors.entry(),
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The password is changed. Other sign-ins have ended."), "success")
    response = redirect(url_for("account.show"), 303)
    visitors.remember(response, started.token, started.expires_at)
    return response


@bp.post("/sessions/<mark>/end")
@requires(Capability.OWN_ACCOUNT)
def end_session(mark: str) -> ResponseReturnValue:
    """End one of one's sign-ins."""
    sessions.end_by_mark(mark, actor=current.actor(), at=clock.now())
    flash(_("The sign-in has ended."), "success")
    return redirect(url_for("account.show"), 303)


@bp.get("/tokens")
@requires(Capability.OWN_TOKENS)
def show_tokens() -> ResponseReturnValue:
    """Show one's API tokens and the form of a new one."""
    return _tokens_page()


@bp.post("/tokens")
@requires(Capability.OWN_TOKENS)
@forms.redraws(show_tokens)
def create_token() -> ResponseReturnValue:
    """Make a token and show it, this once: hence no redirect."""
    given = TokenCreateSchema().load(request.form)
    created = tokens.create(
        given["name"],
        scopes=given["scopes"],
        expires_at=end_of(given["expires_on"]),
        actor=current.actor(),
        at=clock.now(),
    )
    return _tokens_page(created=created), 201


@bp.post("/tokens/<int:token_id>/revoke")
@requires(Capability.OWN_TOKENS)
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End a token at once."""
    tokens.revoke(token_id, actor=current.actor(), at=clock.now())
    flash(_("The token is revoked."), "success")
    return redirect(url_for("account.show_tokens"), 303)


def _tokens_page(created: tokens.Created | None = None) -> str:
    half_a_year = current.today() + timedelta(days=180)
    initial = {"scopes": [TokenScope.READ.value], "expires_on": half_a_year.isoformat()}
    return render_template(
        "account/tokens.html",
        tokens=queries.tokens(current.actor(), at=clock.now()),
        created=created,
        scopes=list(TokenScope),
        form=forms.state(initial),
    )
