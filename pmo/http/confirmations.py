"""The question that a command puts back: a definition of done, line by line."""

from flask import Response, render_template, request, url_for
from flask_htmx import make_response

from pmo.errors import DefinitionOfDoneAsked
from pmo.http import redirects, rendering

CONFIRMED = "confirmed"


def ask(error: DefinitionOfDoneAsked, status: int, sentence: str) -> Response:
    """Show a form that sends the same again, with a box for every line.

    As a dialog over the page that htmx sent it from, else as a page.
    """
    given = [(name, value) for name, value in request.form.items(multi=True) if name != CONFIRMED]
    facts = {
        "sentence": sentence,
        "criteria": error.criteria,
        "confirmed": set(request.form.getlist(CONFIRMED)),
        "action": request.path,
        "given": given,
    }
    if not rendering.is_htmx():
        back = redirects.back(url_for("my_work.index"))
        return Response(render_template("tasks/confirmation.html", back=back, **facts), status)
    dialog = render_template("tasks/_confirmation_dialog.html", **facts)
    return make_response(  # type: ignore[no-any-return]
        dialog, status, retarget="#notices", reswap="beforeend"
    )
