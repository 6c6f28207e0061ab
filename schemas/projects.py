"""Projects: proposing one, editing its head, the registry, and what is given back."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, validates_schema

from pmo.domain import codes, registry
from pmo.domain.vocabulary import Gate
from schemas import fields as f
from schemas.base import PageQuerySchema, QuerySchema, Schema, Versioned
from schemas.board_templates import template_key
from schemas.cards import LabelSchema
from schemas.memberships import MemberSchema
from schemas.passports import PassportSchema
from schemas.project_templates import academic_year
from schemas.stages import StageSchema

NAME_LENGTH = 300
SHORT_LENGTH = 120
MOST_WEIGHT = 1_000


class Code(f.String):
    """A project's code: small letters become capitals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=codes.MAX_LENGTH, min_length=1, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        code = codes.normal(super()._deserialize(value, attr, data, **kwargs))
        if len(code) <= codes.MAX_LENGTH and not codes.is_code(code):
            raise ValidationError(_l("Use 1 to 8 letters or digits."))
        return code


class ProjectUpdateSchema(Schema):
    """Fields of a project's head to set; what is left out stays as it is."""

    code = Code(description="Its code, unique: card numbers begin with it.", example="ШШ")
    name = f.String(
        max_length=NAME_LENGTH, min_length=1, description="Its name.", example="Школа – Школе"
    )
    short_name = f.String(
        max_length=SHORT_LENGTH,
        example="Школа – Школе",
        description="A short name for boards; '' takes the name.",
    )
    strategic_project_id = f.Id(
        allow_none=True, example=1, description="Its strategic project; null for none."
    )
    lead_id = f.Id(
        allow_none=True, example=4, description="The person who leads it; null for nobody yet."
    )
    weight = f.Integer(low=0, high=MOST_WEIGHT, description="Its share in roll-ups.", example=1)


class ProjectForm(Versioned, ProjectUpdateSchema):
    """The form that edits a project's head."""


class ProjectProposalSchema(Schema):
    """An initiative to propose; whoever proposes it leads it."""

    code = Code(
        required=True, description="Its code, unique: card numbers begin with it.", example="ШШ"
    )
    name = f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        description="Its name.",
        example="Школа – Школе",
    )
    short_name = f.String(
        max_length=SHORT_LENGTH,
        load_default="",
        example="Школа – Школе",
        description="A short name for boards; '' takes the name.",
    )
    strategic_project_id = f.Id(
        allow_none=True,
        load_default=None,
        example=1,
        description="Its strategic project; null for none.",
    )
    template = template_key()
    project_template = f.String(
        description="`key` of the template of projects to begin with; null or left out for an "
        "empty project. It brings its own boards: `template` stays null then.",
        max_length=18,
        min_length=1,
        allow_none=True,
        load_default=None,
        example="lesson-study",
    )
    academic_year = academic_year(
        "The academic year that the plan of the template is moved to, by the year it begins in.",
        load_default=None,
    )
    goal = f.Text(load_default="", example="Выровнять результаты школ", description="The goal.")
    unique_idea = f.Text(
        load_default="", example="Сетевые пары школ", description="The unique idea."
    )
    relevance = f.Text(
        load_default="", example="Разрыв результатов растёт", description="Why it is needed now."
    )
    target_audience = f.Text(load_default="", example="Школы района", description="Whom it is for.")

    @validates_schema
    def check_start(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Ask for template and year together."""
        if data["project_template"] and data["academic_year"] is None:
            raise ValidationError({"academic_year": [_l("For which academic year?")]})
        if data["academic_year"] is not None and not data["project_template"]:
            message = _l("It is for a template of projects: choose one too.")
            raise ValidationError({"academic_year": [message]})


class ProjectProposalForm(ProjectProposalSchema):
    """The form of an initiative: with a template its project is looked at before it is made."""

    template_version = f.Version(
        allow_none=True, load_default=None, description="Of the template that was looked at."
    )
    step = f.Choice(
        ("look", "back", "make"), load_default="look", description="What the button said."
    )


class CodeQuerySchema(QuerySchema):
    """A name that wants a code."""

    name = f.String(max_length=NAME_LENGTH, load_default="", description="Name of the project.")
    code = f.String(max_length=NAME_LENGTH, load_default="", description="A code typed already.")


class RegistryQuerySchema(PageQuerySchema):
    """Which projects are wanted, and in which order."""

    search = f.String(
        max_length=200, load_default="", description="Words that code and names must all have."
    )
    gate = f.Enum(Gate, load_default=None, description="Only at this gate.")
    stage = f.String(
        max_length=200, load_default="", description="Only those whose present stage has this name."
    )
    lead_id = f.Id(load_default=None, description="Only those that this person leads.")
    strategic_project_id = f.Id(
        load_default=None, description="Only those of this strategic project."
    )
    mine = f.StrictBoolean(load_default=False, description="Only those you are a member of.")
    sort = f.Choice(
        registry.ORDERS, load_default="code", description="Order; a minus turns it round."
    )


class TaskSumsSchema(Schema):
    """What a project's tasks add up to."""

    done_count = f.Number(description="How many tasks are done.")
    total_count = f.Number(description="How many tasks there are.")
    done_weight = f.Number(description="Sum of the weights of done tasks, in points.")
    total_weight = f.Number(description="Sum of the weights of all tasks, in points.")
    overdue_count = f.Number(description="How many tasks are not done and past their due day.")
    completion_ratio = f.Ratio(
        description="Done weight ÷ all weight, 0 to 1; null if nothing weighs.", allow_none=True
    )


class RegistryItemSchema(Schema):
    """A project as a line of the registry."""

    id = f.Number(description="Number of the project.")
    code = f.Plain(description="Its code.", example="ШШ")
    name = f.Plain(description="Its name.")
    short_name = f.Plain(description="Its short name.")
    gate = f.Enum(Gate, description="Where it stands in the gate process.")
    lead_id = f.Number(allow_none=True, description="The person who leads it; null for nobody.")
    lead = f.Plain(description="Their name; '' for nobody.")
    strategic_project_id = f.Number(allow_none=True, description="Its strategic project, or null.")
    strategic_project = f.Plain(description="Name of that; '' for none.")
    stage = f.Plain(description="Name of the stage whose period holds today; '' for none.")
    tasks = f.Nested(TaskSumsSchema, description="What its tasks add up to.")


class RegistryPageSchema(Schema):
    """A page of the registry."""

    items = f.List(
        f.Nested(RegistryItemSchema, description="A project."),
        description="The projects of this page.",
    )
    total = f.Number(description="How many projects fit, over all pages.")
    page = f.Number(description="Which page this is, from 1.")
    page_size = f.Number(description="How many on a page.")


class BoardLinkSchema(Schema):
    """A board of a project."""

    id = f.Number(description="Number of the board.")
    key = f.Plain(description="Its key in files and in the journal.")
    name = f.Plain(description="Its name.")


class ProjectSchema(Schema):
    """A project with all that its page shows."""

    id = f.Number(description="Number of the project.")
    code = f.Plain(description="Its code.", example="ШШ")
    name = f.Plain(description="Its name.")
    short_name = f.Plain(description="Its short name.")
    gate = f.Enum(Gate, description="Where it stands in the gate process.")
    weight = f.Number(description="Its share in roll-ups.")
    lead_id = f.Number(allow_none=True, description="The person who leads it; null for nobody.")
    lead = f.Plain(description="Their name; '' for nobody.")
    strategic_project_id = f.Number(allow_none=True, description="Its strategic project, or null.")
    strategic_project = f.Plain(description="Name of that; '' for none.")
    programme = f.Plain(description="Name of the programme above it; '' for none.")
    proposed_by = f.Plain(description="Name of the person who proposed it.")
    proposed_at = f.Moment(description="When it was proposed, UTC.")
    version = f.Number(description="Counts edits of the head.")
    passport = f.Nested(PassportSchema, description="Its passport.")
    stages = f.List(
        f.Nested(StageSchema, description="A stage."), description="Its stages, in their order."
    )
    members = f.List(
        f.Nested(MemberSchema, description="A person."), description="Its people, the lead first."
    )
    labels = f.List(
        f.Nested(LabelSchema, description="A label."), description="Labels of its tasks, by name."
    )
    boards = f.List(f.Nested(BoardLinkSchema, description="A board."), description="Its boards.")
    tasks = f.Nested(TaskSumsSchema, description="What its tasks add up to.")
    passages = f.List(
        f.Enum(Gate, description="A gate."), description="The gates that you may take it to."
    )
    can_edit = f.StrictBoolean(description="Whether you may edit its head, passport and stages.")
    can_staff = f.StrictBoolean(description="Whether you may choose its people.")
    can_configure = f.StrictBoolean(description="Whether you may change its boards.")


class PortfolioCardSchema(Schema):
    """A project as a card of the portfolio board."""

    item = f.Nested(RegistryItemSchema, description="The project.")
    passages = f.List(
        f.Enum(Gate, description="A gate."), description="The gates that you may take it to."
    )


class GateColumnSchema(Schema):
    """A gate as a column of the portfolio board."""

    gate = f.Enum(Gate, description="The gate.")
    cards = f.List(f.Nested(PortfolioCardSchema, description="A project."), description="By code.")
