"""Templates of projects: the office's list, one with all it holds, saving a project as one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.project_templates import DoubtKind
from pmo.errors import InUse, StaleVersion
from pmo.http import current, forms, plan_texts, recurrence_texts
from pmo.http.access import requires
from pmo.queries import headings
from pmo.queries import project_templates as queries
from pmo.queries.project_template_contents import Choices
from pmo.services import project_templates as services
from schemas.board_templates import TemplateForm, TemplateRemovalForm
from schemas.project_templates import ProjectTemplateForm, ProjectTemplateReplacementForm

bp = Blueprint("project_templates", __name__)

NEEDED = Capability.PROJECT_EDIT
TICKED = {"descriptions": "on", "passport": "on"}


@bp.get("/project-templates")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show the templates of the office."""
    return render_template("project_templates/index.html", templates=queries.every(current.actor()))


@bp.get("/project-templates/<string:template_key>")
@requires(Capability.PORTFOLIO_READ)
def show(template_key: str) -> ResponseReturnValue:
    """Show one template with all that it holds."""
    planned = queries.planned(template_key, current.actor())
    lasting = (it for it in planned.plan.doubts if it.kind is not DoubtKind.DAY_OFF)
    return render_template(
        "project_templates/show.html",
        planned=planned,
        doubts=plan_texts.groups(lasting),
        rule_of=recurrence_texts.rule,
        form=forms.state({"name": planned.head.name}),
    )


def show_again(project_template_id: int) -> ResponseReturnValue:
    """Show a template again, after its form was refused."""
    return show(str(project_template_id))


@bp.post("/project-templates/<int:project_template_id>")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(show_again, StaleVersion)
def update(project_template_id: int) -> ResponseReturnValue:
    """Give a template another name."""
    given = TemplateForm().load(request.form)
    services.rename(
        project_template_id,
        name=given["name"],
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("Saved."), "success")
    return _to(project_template_id)


@bp.post("/project-templates/<int:project_template_id>/removal")
@requires(Capability.PROGRAMMES_EDIT)
@forms.redraws(show_again, StaleVersion)
def destroy(project_template_id: int) -> ResponseReturnValue:
    """Remove a template."""
    given = TemplateRemovalForm().load(request.form)
    services.remove(
        project_template_id,
        expected_version=given["version"],
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The template is removed. Projects made of it stay."), "success")
    return redirect(url_for("project_templates.index"), 303)


@bp.get("/projects/<int:project_id>/templates")
@requires(NEEDED)
def of_project(project_id: int) -> ResponseReturnValue:
    """Show what of a project would become a template."""
    actor = current.actor()
    savable = queries.savable(project_id, actor)
    return render_template(
        "project_templates/of_project.html",
        project=headings.of_project(project_id, actor, NEEDED),
        savable=savable,
        form=forms.state({**TICKED, "academic_year": savable.academic_year}),
    )


def of_project_again(project_id: int, **_arguments: int) -> ResponseReturnValue:
    """Show the forms again, after one of them was refused."""
    return of_project(project_id)


@bp.post("/projects/<int:project_id>/templates")
@requires(NEEDED)
@forms.redraws(of_project, InUse)
def create(project_id: int) -> ResponseReturnValue:
    """Save a project as a template."""
    given = ProjectTemplateForm().load(request.form)
    name = given.pop("name")
    made = services.save(
        project_id, Choices(**given), name=name, actor=current.actor(), at=clock.now()
    )
    flash(_("The template is saved."), "success")
    return _to(made)


@bp.post("/projects/<int:project_id>/templates/<int:project_template_id>")
@requires(NEEDED)
@forms.redraws(of_project_again, StaleVersion)
def replace(project_id: int, project_template_id: int) -> ResponseReturnValue:
    """Save a project over a template."""
    given = ProjectTemplateReplacementForm().load(request.form)
    version = given.pop("version")
    services.replace(
        project_template_id,
        project_id,
        Choices(**given),
        expected_version=version,
        actor=current.actor(),
        at=clock.now(),
    )
    flash(_("The template is saved."), "success")
    return _to(project_template_id)


def _to(template_id: int) -> ResponseReturnValue:
    return redirect(url_for("project_templates.show", template_key=template_id), 303)
