"""Projects: the registry, proposing an initiative, the head, the passport, gates, the journal."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.api.paging import history_page
from pmo.domain.permissions import Capability
from pmo.domain.registry import RegistryFilters
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import events
from pmo.queries import gates as gate_queries
from pmo.queries import projects as queries
from pmo.services import gates, passports
from pmo.services import projects as services
from pmo.services.project_starts import Start
from schemas.gates import GateHistorySchema, GatePassageSchema
from schemas.histories import HistoryQuerySchema
from schemas.lists import JournalSchema
from schemas.passports import LISTS, TEXTS, PassportSchema, PassportUpdateSchema
from schemas.projects import (
    ProjectProposalSchema,
    ProjectSchema,
    ProjectUpdateSchema,
    RegistryPageSchema,
    RegistryQuerySchema,
)

bp = ApiBlueprint("Projects", __name__, description="Projects, from initiative to closed.")

Fields = Mapping[str, Any]

EMPTY_PASSPORT: dict[str, Any] = {**dict.fromkeys(TEXTS, ""), **{name: [] for name in LISTS}}
FILTERS = ("search", "gate", "stage", "lead_id", "strategic_project_id", "mine")


@bp.route("/projects")
@bp.arguments(RegistryQuerySchema, location="query")
@bp.response(200, RegistryPageSchema)
@requires(Capability.PORTFOLIO_READ)
def index(asked: Fields) -> Any:
    """List projects: the registry.

    Those that you may see. Filters are joined by “and”.
    """
    filters = RegistryFilters(**{name: asked[name] for name in FILTERS})
    cut = {name: asked[name] for name in ("sort", "page", "page_size")}
    return queries.registry(current.actor(), filters, today=current.today(), **cut)


@bp.route("/projects", methods=["POST"])
@tagged("version")
@bp.arguments(ProjectProposalSchema)
@bp.response(201, ProjectSchema)
@requires(Capability.INITIATIVE_PROPOSE)
def create(fields: Fields) -> Any:
    """Propose an initiative.

    Anyone may; who proposes it leads it. It gets a passport and a board, of a template
    or with the usual columns. With `project_template` and `academic_year` it begins with the plan
    of a template of projects, moved to that year; `GET /project-templates/{project_template_id}`
    shows it before.
    """
    actor, at = current.actor(), clock.now()
    passport = {name: fields[name] for name in TEXTS if name in fields}
    head = {name: value for name, value in fields.items() if name not in TEXTS}
    template, year = head.pop("project_template"), head.pop("academic_year")
    start = Start(template, year, today=current.today()) if template else None
    proposal = services.Proposal(**head, start=start, passport=passport)
    made = idempotency.once(lambda: services.propose(proposal, actor=actor, at=at))
    return _project(made.id), 201, made.headers("Projects.show", project_id=made.id)


@bp.route("/projects/<int:project_id>")
@tagged("version")
@bp.response(200, ProjectSchema)
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> Any:
    """Get a project with its passport, stages, members, labels and boards.

    And what you may do to it.
    """
    return _project(project_id)


@bp.route("/projects/<int:project_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(ProjectUpdateSchema)
@bp.response(200, ProjectSchema)
@requires(Capability.PROJECT_EDIT)
def update(changes: Fields, project_id: int) -> Any:
    """Edit the head of a project: code, names, strategic project, lead, weight.

    What is left out stays as it is. A new lead becomes a member. The gate has an address of its
    own, and so has the passport.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(project_id, changes, expected_version=version, actor=actor, at=clock.now())
    return _project(project_id)


@bp.route("/projects/<int:project_id>/passport")
@tagged("version")
@bp.response(200, PassportSchema)
@requires(Capability.PROJECT_READ)
def show_passport(project_id: int) -> Any:
    """Get the passport of a project.

    Texts and lists of lines, all Markdown.
    """
    return queries.passport(project_id, current.actor())


@bp.route("/projects/<int:project_id>/passport", methods=["PUT"])
@tagged("version")
@bp.arguments(PassportUpdateSchema)
@bp.response(200, PassportSchema)
@requires(Capability.PROJECT_EDIT)
def replace_passport(fields: Fields, project_id: int) -> Any:
    """Write the whole passport of a project.

    What is left out becomes empty; PATCH leaves it as it is.
    """
    return _write_passport(project_id, {**EMPTY_PASSPORT, **fields})


@bp.route("/projects/<int:project_id>/passport", methods=["PATCH"])
@tagged("version")
@bp.arguments(PassportUpdateSchema)
@bp.response(200, PassportSchema)
@requires(Capability.PROJECT_EDIT)
def update_passport(changes: Fields, project_id: int) -> Any:
    """Edit fields of the passport of a project.

    What is left out stays as it is.
    """
    return _write_passport(project_id, changes)


@bp.route("/projects/<int:project_id>/gate-decisions")
@bp.response(200, GateHistorySchema)
@requires(Capability.PROJECT_READ)
def index_of_gates(project_id: int) -> Any:
    """List the gates that a project has passed.

    Who decided, when and why; newest first, down to the proposal.
    """
    return {"items": gate_queries.history(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/gate-decisions", methods=["POST"])
@tagged("version")
@bp.arguments(GatePassageSchema)
@bp.response(201, ProjectSchema)
@requires(Capability.GATE_SUBMIT)
def pass_gate(fields: Fields, project_id: int) -> Any:
    """Take a project through a gate.

    A reason is needed. The rights differ from gate to gate: `passages` of the project lists
    those open to you. 409 if there is no such passage, or somebody else was first.
    """
    actor, at = current.actor(), clock.now()

    def create() -> int:
        gates.pass_gate(project_id, **fields, actor=actor, at=at)
        return project_id

    made = idempotency.once(create)
    return _project(project_id), 201, made.headers("Projects.show", project_id=project_id)


@bp.route("/projects/<int:project_id>/events")
@bp.arguments(HistoryQuerySchema, location="query")
@bp.response(200, JournalSchema)
@requires(Capability.PROJECT_READ)
def journal(asked: Fields, project_id: int) -> Any:
    """Get the journal of a project.

    Every change of it and of its tasks, newest first; page on with `before_id`.
    """
    return history_page(events.of_project, project_id, asked)


def _project(project_id: int) -> queries.ProjectView:
    return queries.project(project_id, current.actor(), today=current.today())


def _write_passport(project_id: int, values: Fields) -> queries.PassportView:
    actor, version = current.actor(), etags.expected_version()
    passports.edit(project_id, values, expected_version=version, actor=actor, at=clock.now())
    return queries.passport(project_id, actor)
