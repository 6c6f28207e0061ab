"""Labels of a project's cards."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import LabelColour
from pmo.http import automation_texts, current, forms
from pmo.http.access import requires
from pmo.queries import headings, parts
from pmo.services import labels
from schemas.labels import LabelCreateSchema

bp = Blueprint("labels", __name__)

NEEDED = Capability.PROJECT_EDIT


@bp.get("/projects/<int:project_id>/labels")
@requires(NEEDED)
def index(project_id: int) -> ResponseReturnValue:
    """Show the labels and the form of a new one."""
    actor = current.actor()
    return render_template(
        "labels/index.html",
        project=headings.of_project(project_id, actor, NEEDED),
        labels=parts.labels(project_id, actor),
        colours=list(LabelColour),
        form=forms.state({"colour": LabelColour.SLATE.value}),
    )


@bp.post("/projects/<int:project_id>/labels")
@requires(NEEDED)
@forms.redraws(index)
def create(project_id: int) -> ResponseReturnValue:
    """Add a label."""
    given = LabelCreateSchema().load(request.form)
    labels.add(project_id, **given, actor=current.actor(), at=clock.now())
    flash(_("The label is added."), "success")
    return redirect(url_for("labels.index", project_id=project_id), 303)


@bp.get("/labels/<int:label_id>/edit")
@requires(NEEDED)
def edit(label_id: int) -> ResponseReturnValue:
    """Show the form of a label."""
    actor = current.actor()
    project = headings.of_label(label_id, actor, NEEDED)
    label = parts.label(label_id, actor)
    return render_template(
        "labels/edit.html",
        project=project,
        label=label,
        colours=list(LabelColour),
        form=forms.state({"name": label.name, "colour": label.colour.value}),
    )


@bp.post("/labels/<int:label_id>/edit")
@requires(NEEDED)
@forms.redraws(edit)
def update(label_id: int) -> ResponseReturnValue:
    """Save a label."""
    given = LabelCreateSchema().load(request.form)
    labels.edit(label_id, given, actor=current.actor(), at=clock.now())
    flash(_("The label is saved."), "success")
    project = headings.of_label(label_id, current.actor(), NEEDED)
    return redirect(url_for("labels.index", project_id=project.id), 303)


@bp.post("/labels/<int:label_id>/removal")
@requires(NEEDED)
def destroy(label_id: int) -> ResponseReturnValue:
    """Remove a label, from its cards too."""
    project = headings.of_label(label_id, current.actor(), NEEDED)
    rules = labels.remove(label_id, actor=current.actor(), at=clock.now())
    flash(_("The label is removed."), "success")
    if rules:
        flash(automation_texts.gone(rules), "info")
    return redirect(url_for("labels.index", project_id=project.id), 303)
