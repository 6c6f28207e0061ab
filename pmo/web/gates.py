"""Passing a gate: an act with a confirmation and a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, forms, labels, redirects
from pmo.http.access import requires
from pmo.queries import gates as queries
from pmo.services import gates
from schemas.gates import GatePassageForm

bp = Blueprint("gates", __name__, url_prefix="/projects/<int:project_id>/gate")


@bp.get("")
@requires(Capability.PROJECT_READ)
def edit(project_id: int) -> ResponseReturnValue:
    """Show where the project may go now, and ask for the reason."""
    page = queries.gate_page(project_id, current.actor())
    wanted = request.args.get("to", "")
    back = request.values.get(redirects.NEXT)
    home = url_for("projects.show", project_id=project_id)
    return render_template(
        "gates/edit.html",
        page=page,
        form=forms.state({"to": wanted if wanted in page.passages else ""}),
        next=redirects.safe_next(back, home),
    )


@bp.post("")
@requires(Capability.GATE_SUBMIT)
@forms.redraws(edit)
def update(project_id: int) -> ResponseReturnValue:
    """Pass the gate."""
    given = GatePassageForm().load(request.form)
    gates.pass_gate(
        project_id,
        to=given["to"],
        reason=given["reason"],
        expected_gate=given["expected_gate"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The gate is passed: %(gate)s.", gate=labels.label_of(given["to"])), "success")
    home = url_for("projects.show", project_id=project_id, _anchor="gates")
    return redirect(redirects.safe_next(given["next"], home), 303)
