"""Signing in and out."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pmo import clock, errors
from pmo.domain.permissions import Capability
from pmo.http import current, forms, redirects, visitors
from pmo.http.access import requires
from pmo.services import sessions
from schemas.accounts import SignInSchema

bp = Blueprint("sessions", __name__)

HOME = "/my-work"


@bp.get("/sign-in")
@requires(Capability.PUBLIC)
def new() -> ResponseReturnValue:
    """Show the form; whoever is signed in already goes on."""
    target = redirects.safe_next(request.values.get(redirects.NEXT), HOME)
    if current.optional_actor() is not None:
        return redirect(target, 303)
    return render_template("sessions/new.html", form=forms.state(), next=target)


@bp.post("/sign-in")
@requires(Capability.PUBLIC)
@forms.redraws(new, errors.SignInFailed, errors.TooManyAttempts)
def create() -> ResponseReturnValue:
    """Sign in, with a new token, and go where the person wanted to."""
    given = SignInSchema().load(request.form)
    at = clock.now()
    started = sessions.start(
        given["login"], password=given["password"], entry=visitors.entry(), at=at
    )
    _end_present(at)
    response = redirect(redirects.safe_next(given["next"], HOME), 303)
    visitors.remember(response, started.token, started.expires_at)
    return response


@bp.post("/sign-out")
@requires(Capability.OWN_ACCOUNT)
def destroy() -> ResponseReturnValue:
    """End the session, in the database first."""
    _end_present(clock.now())
    response = redirect(url_for("sessions.new"), 303)
    visitors.forget(response)
    return response


def _end_present(at: datetime) -> None:
    visitor = current.visitor()
    if visitor and visitor.session:
        sessions.end(visitor.session, actor=visitor.actor, at=at)
