"""Templates of projects."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.domain.project_templates import TaskPlan
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import project_templates as queries
from pmo.queries.project_template_contents import Choices
from pmo.queries.project_templates import Planned, ProjectTemplateView
from pmo.services import project_templates as services
from schemas.board_templates import TemplateNameSchema
from schemas.project_templates import (
    PlanQuerySchema,
    ProjectTemplateChoicesSchema,
    ProjectTemplateCreateSchema,
    ProjectTemplateListSchema,
    ProjectTemplatePlanSchema,
    ProjectTemplateSchema,
)

bp = ApiBlueprint("Project templates", __name__, description="What new projects can begin with.")

Fields = Mapping[str, Any]

RULES = ("move_rules", "wip_rules", "automation_rules")
HEAD = tuple(field.name for field in fields(ProjectTemplateView))
MOVED = tuple(field.name for field in fields(TaskPlan) if field.name != "content")


@bp.route("/project-templates")
@bp.response(200, ProjectTemplateListSchema)
@requires(Capability.PORTFOLIO_READ)
def index() -> Any:
    """List the templates of projects.

    Those built in, then those of the office by name. A project is started from one by
    `POST /projects` with `project_template` and `academic_year`.
    """
    return {"items": queries.every(current.actor())}


@bp.route("/projects/<int:project_id>/templates", methods=["POST"])
@tagged("version")
@bp.arguments(ProjectTemplateCreateSchema)
@bp.response(201, ProjectTemplateSchema)
@requires(Capability.PROJECT_EDIT)
def create(given: Fields, project_id: int) -> Any:
    """Save a project's plan as a template of the office.

    Whoever signs in can read it there. Without people, comments, files, values of own fields and
    what was done. 409 if the name is in use, or there are too many templates.
    """
    name, choices = given["name"], _choices(given)
    actor, at = current.actor(), clock.now()
    made = idempotency.once(
        lambda: services.save(project_id, choices, name=name, actor=actor, at=at)
    )
    headers = made.headers("Project templates.show", project_template_id=made.id)
    return queries.template(made.id, actor), 201, headers


@bp.route("/projects/<int:project_id>/templates/<int:project_template_id>", methods=["PUT"])
@tagged("version")
@bp.arguments(ProjectTemplateChoicesSchema)
@bp.response(200, ProjectTemplateSchema)
@requires(Capability.PROJECT_EDIT)
def replace(given: Fields, project_id: int, project_template_id: int) -> Any:
    """Save a project's plan over a template.

    Over one that was saved from the same project; heads of the office: over any. Projects started
    from it stay as they are.
    """
    services.replace(
        project_template_id,
        project_id,
        _choices(given),
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return queries.template(project_template_id, current.actor())


@bp.route("/project-templates/<int:project_template_id>")
@tagged("version")
@bp.arguments(PlanQuerySchema, location="query")
@bp.response(200, ProjectTemplatePlanSchema)
@requires(Capability.PORTFOLIO_READ)
def show(asked: Fields, project_template_id: int) -> Any:
    """Get a template with all that it holds, moved to an academic year if one is given.

    So a start can be looked at before it is made: `doubts` tells what wants a look.
    """
    return _shown(queries.planned(str(project_template_id), current.actor(), **asked))


@bp.route("/project-templates/built-in/<string:template_key>")
@bp.arguments(PlanQuerySchema, location="query")
@bp.response(200, ProjectTemplatePlanSchema)
@requires(Capability.PORTFOLIO_READ)
def show_built_in(asked: Fields, template_key: str) -> Any:
    """Get a template that is built in, with all that it holds.

    Moved to an academic year if one is given.
    """
    return _shown(queries.built_in(template_key, current.actor(), **asked))


@bp.route("/project-templates/<int:project_template_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(TemplateNameSchema)
@bp.response(200, ProjectTemplateSchema)
@requires(Capability.PROGRAMMES_EDIT)
def update(given: Fields, project_template_id: int) -> Any:
    """Give a template another name.

    409 if the name is in use.
    """
    services.rename(
        project_template_id,
        **given,
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return queries.template(project_template_id, current.actor())


@bp.route("/project-templates/<int:project_template_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.PROGRAMMES_EDIT)
def destroy(project_template_id: int) -> None:
    """Remove a template.

    Projects started from it stay.
    """
    services.remove(
        project_template_id,
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )


def _choices(given: Fields) -> Choices:
    return Choices(**{name: value for name, value in given.items() if name != "name"})


def _shown(found: Planned) -> dict[str, Any]:
    content, plan = found.content, found.plan
    return {
        **{name: getattr(found.head, name) for name in HEAD},
        "planned_for": plan.academic_year,
        "passport": content["passport"],
        "stages": plan.stages,
        "labels": content["labels"],
        "own_fields": content["own_fields"],
        "boards": [
            {**board, "rules": sum(len(board[kind]) for kind in RULES)}
            for board in content["boards"]
        ],
        "tasks": [
            {**task.content, **{name: getattr(task, name) for name in MOVED}} for task in plan.tasks
        ],
        "sprint_policy": content["sprint_policy"],
        "sprints": plan.sprints,
        "recurrences": [
            {**it.content, "starts_on": it.starts_on, "until": it.until} for it in plan.recurrences
        ],
        "doubts": [asdict(doubt) for doubt in plan.doubts],
    }
