"""The language of a stranger, who has no account to keep it."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http import current, languages, redirects
from pmo.http.access import requires
from schemas.accounts import LanguageChoiceSchema

bp = Blueprint("languages", __name__)

A_YEAR = 365 * 24 * 3600


@bp.post("/language")
@requires(Capability.PUBLIC)
def choose() -> ResponseReturnValue:
    """Keep the language in the browser and go back."""
    given = LanguageChoiceSchema().load(request.form)
    target = redirects.safe_next(given["next"], url_for("sessions.new"))
    response = redirect(target, 303)
    response.set_cookie(
        languages.COOKIE,
        given["language"],
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=current.settings().https,
    )
    return response
