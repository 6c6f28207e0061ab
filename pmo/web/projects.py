"""Projects: the registry, proposing an initiative, a project's page and its head."""

from functools import lru_cache

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from pmo import clock
from pmo.domain import codes
from pmo.domain.permissions import Capability
from pmo.domain.registry import RegistryFilters
from pmo.domain.vocabulary import Gate
from pmo.errors import StaleVersion
from pmo.http import current, forms, stale
from pmo.http.access import requires
from pmo.queries import gates as gate_queries
from pmo.queries import headings, memberships, programmes
from pmo.queries import projects as queries
from pmo.queries.registry import RegistryItem
from pmo.services import projects
from schemas.base import form_values
from schemas.projects import (
    CodeQuerySchema,
    ProjectForm,
    ProjectProposalSchema,
    RegistryQuerySchema,
)

bp = Blueprint("projects", __name__, url_prefix="/projects")

FILTERS = ("search", "gate", "stage", "lead_id", "strategic_project_id", "mine")
HEAD = {
    "code": _l("Code"),
    "name": _l("Name"),
    "short_name": _l("Short name"),
    "weight": _l("Weight in summaries"),
}


@bp.get("")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show the registry."""
    asked = RegistryQuerySchema().load(request.args)
    actor, today = current.actor(), current.today()
    found = queries.registry(
        actor,
        RegistryFilters(**{name: asked[name] for name in FILTERS}),
        today=today,
        sort=asked["sort"],
        page=asked["page"],
        page_size=asked["page_size"],
    )
    return render_template(
        "projects/index.html",
        found=found,
        rows=Markup().join(_row(item, str(get_locale())) for item in found.items),
        choices=queries.choices(actor, today=today),
        gates=list(Gate),
        asked=form_values(asked),
        query={name: value for name, value in request.args.items() if name != "page" and value},
        is_filtered=any(asked[name] for name in FILTERS),
    )


@bp.get("/new")
@requires(Capability.INITIATIVE_PROPOSE)
def new() -> ResponseReturnValue:
    """Show the form of an initiative."""
    form = forms.state()
    suggested = codes.suggest(form.value("name"), queries.codes()) if form.errors else ""
    return render_template(
        "projects/new.html",
        form=form,
        strategic_projects=programmes.strategic_choices(),
        suggested=suggested,
    )


@bp.post("/new")
@requires(Capability.INITIATIVE_PROPOSE)
@forms.redraws(new)
def create() -> ResponseReturnValue:
    """Propose an initiative."""
    given = ProjectProposalSchema().load(request.form)
    said = ("code", "name", "short_name", "strategic_project_id")
    proposal = projects.Proposal(
        **{name: given.pop(name) for name in said},
        passport=given,
    )
    project_id = projects.propose(proposal, actor=current.actor(), at=clock.now())
    flash(_("The initiative is proposed. Fill in its passport, then submit it."), "success")
    return redirect(url_for("projects.show", project_id=project_id), 303)


@bp.get("/new/code")
@requires(Capability.INITIATIVE_PROPOSE)
def suggest_code() -> ResponseReturnValue:
    """Give the code's field again: as typed, or else made from the name."""
    asked = CodeQuerySchema().load(request.args)
    code = asked["code"] or codes.suggest(asked["name"], queries.codes())
    return render_template("projects/_code.html", form=forms.Form(values={"code": code}))


@bp.get("/<int:project_id>")
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> ResponseReturnValue:
    """Show a project: passport, stages, people, gates passed."""
    return render_template(
        "projects/show.html",
        project=queries.project(project_id, current.actor(), today=current.today()),
        history=gate_queries.history(project_id, current.actor()),
    )


@bp.get("/<int:project_id>/edit")
@requires(Capability.PROJECT_EDIT)
def edit(project_id: int) -> ResponseReturnValue:
    """Show the form of a project's head."""
    actor = current.actor()
    name = headings.of_project(project_id, actor, Capability.PROJECT_EDIT)
    view = queries.project(project_id, actor, today=current.today())
    saved = form_values({field: getattr(view, field) for field in (*projects.HEAD, "version")})
    form = forms.state(saved)
    return render_template(
        "projects/edit.html",
        project=name,
        form=form,
        version=view.version,
        theirs=stale.theirs(form, saved, HEAD),
        strategic_projects=programmes.strategic_choices(),
        people=memberships.people(),
    )


@bp.post("/<int:project_id>/edit")
@requires(Capability.PROJECT_EDIT)
@forms.redraws(edit, StaleVersion)
def update(project_id: int) -> ResponseReturnValue:
    """Save a project's head."""
    given = ProjectForm().load(request.form)
    expected = given.pop("version")
    projects.edit(
        project_id, given, expected_version=expected, actor=current.actor(), at=clock.now()
    )
    flash(_("The project is saved."), "success")
    return redirect(url_for("projects.show", project_id=project_id), 303)


@lru_cache(maxsize=4096)
def _row(item: RegistryItem, language: str) -> Markup:
    """Draw a line of the registry, once while nothing in it changes."""
    template = current_app.jinja_env.get_template("projects/_row.html")
    return Markup(template.render(item=item, language=language))  # noqa: S704 - escaped by Jinja
