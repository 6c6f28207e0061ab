"""Projects: the registry, proposing an initiative, a project's page and its head."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
from pmo.http import current, forms, recurrence_texts, stale
from pmo.http.access import requires
from pmo.queries import (
    board_templates,
    half_year_promises,
    headings,
    memberships,
    notifications,
    programmes,
    project_templates,
)
from pmo.queries import gates as gate_queries
from pmo.queries import projects as queries
from pmo.queries.registry import RegistryChoices, RegistryPage
from pmo.services import projects
from pmo.web import project_starts
from schemas.base import form_values
from schemas.project_templates import StartQuerySchema
from schemas.projects import (
    CodeQuerySchema,
    ProjectForm,
    ProjectProposalForm,
    RegistryQuerySchema,
)

bp = Blueprint("projects", __name__, url_prefix="/projects")

FILTERS = ("search", "gate", "stage", "lead_id", "strategic_project_id", "mine")
REGISTRY_QUERY = RegistryQuerySchema()
"""One for all requests: making it takes as long as asking the database."""

PLAIN_QUERY = REGISTRY_QUERY.load({})
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
    asked = REGISTRY_QUERY.load_filled(request.args)
    actor, today = current.actor(), current.today()
    found = queries.registry(
        actor,
        RegistryFilters(**{name: asked[name] for name in FILTERS}),
        today=today,
        sort=asked["sort"],
        page=asked["page"],
        page_size=asked["page_size"],
    )
    choices = queries.choices(actor, today=today)
    shown = _registry(found, choices, _Asked.of(asked), str(get_locale()))
    return render_template("projects/index.html", registry=shown)


@bp.get("/new")
@requires(Capability.INITIATIVE_PROPOSE)
def new() -> ResponseReturnValue:
    """Show the form of an initiative."""
    asked = StartQuerySchema().load_filled(request.args)
    year = project_starts.likely_year(current.today())
    return _new(forms.state({**asked, "academic_year": year}))


def _new(form: forms.Form) -> ResponseReturnValue:
    suggested = codes.suggest(form.value("name"), queries.codes()) if form.errors else ""
    return render_template(
        "projects/new.html",
        form=form,
        strategic_projects=programmes.strategic_choices(),
        templates=board_templates.every(current.actor()),
        project_templates=project_templates.every(current.actor()),
        years=project_starts.years(),
        suggested=suggested,
    )


@bp.post("/new")
@requires(Capability.INITIATIVE_PROPOSE)
@forms.redraws(new, StaleVersion)
def create() -> ResponseReturnValue:
    """Propose an initiative; a code left empty is made from the name.

    The page suggests one too, but whoever types the name and clicks at once is quicker. With a
    template of projects the first click shows what would be made.
    """
    typed = request.form.copy()
    if not typed.get("code", "").strip():
        typed["code"] = codes.suggest(typed.get("name", ""), queries.codes())
    if not typed.get("project_template"):
        typed.poplist("academic_year")  # the form always sends one
    given = ProjectProposalForm().load(typed)
    step, start = given.pop("step"), project_starts.start_of(given)
    if step == "back":
        return _new(forms.Form(values=typed.to_dict()))
    said = ("code", "name", "short_name", "strategic_project_id", "template")
    proposal = projects.Proposal(
        **{name: given.pop(name) for name in said},
        start=start,
        passport=given,
    )
    if start and step == "look":
        projects.check(proposal)
        return project_starts.look(start, typed.to_dict())
    project_id = projects.propose(proposal, actor=current.actor(), at=clock.now())
    flash(_("The initiative is proposed. Fill in its passport, then submit it."), "success")
    return redirect(url_for("projects.show", project_id=project_id), 303)


@bp.get("/new/code")
@requires(Capability.INITIATIVE_PROPOSE)
def suggest_code() -> ResponseReturnValue:
    """Give the code's field again: as typed, or else made from the name."""
    asked = CodeQuerySchema().load_filled(request.args)
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
        is_muted=notifications.is_muted(project_id, current.actor()),
        promises=half_year_promises.of_project(
            project_id, current.actor(), at=clock.now(), zone=current.settings().timezone
        ),
        texts=recurrence_texts,
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of the registry, as its form and links show it."""

    values: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]
    is_filtered: bool

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "_Asked":
        """Take it from the checked query; `query` is what links to other pages keep."""
        values = form_values(asked)
        kept = {name: values[name] for name in asked if asked[name] != PLAIN_QUERY[name]}
        kept.pop("page", None)
        return cls(
            tuple(values.items()),
            tuple(kept.items()),
            any(asked[name] for name in FILTERS),
        )


@lru_cache(maxsize=256)
def _registry(
    found: RegistryPage, choices: RegistryChoices, asked: _Asked, language: str
) -> Markup:
    """Draw filters and table, once while nothing changes: that took most of the time.

    Nothing personal is inside: what one may see is in the values, which are the key.
    """
    template = current_app.jinja_env.get_template("projects/_registry.html")
    drawn = template.render(
        found=found,
        choices=choices,
        gates=list(Gate),
        asked=dict(asked.values),
        query=dict(asked.query),
        is_filtered=asked.is_filtered,
        language=language,
    )
    return Markup(drawn)  # noqa: S704 - escaped by Jinja
