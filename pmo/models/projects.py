"""Projects with their passports, stages, members, labels and gate decisions."""

import peewee as pw

from pmo.db import BaseModel, EnumField, JsonTextField, PeriodField, UTCDateTimeField
from pmo.domain.vocabulary import Gate, LabelColour, MemberRole, SprintPolicy, WeightUnit
from pmo.models.accounts import User
from pmo.models.programmes import StrategicProject


class Project(BaseModel):
    """A project of the portfolio, from initiative to closed."""

    code = pw.CharField(max_length=8, unique=True)  # of card numbers: ШШ-42
    name = pw.CharField(max_length=300)
    short_name = pw.CharField(max_length=120)
    strategic_project = pw.ForeignKeyField(StrategicProject, null=True, backref="projects")
    strategic_project_id: int | None
    gate = EnumField(Gate, index=True)
    weight = pw.IntegerField(default=1)
    lead = pw.ForeignKeyField(User, null=True, backref="+")
    lead_id: int | None
    proposed_by = pw.ForeignKeyField(User, backref="+")
    proposed_by_id: int
    proposed_at = UTCDateTimeField()
    next_task_number = pw.IntegerField(default=1)
    next_own_number = pw.IntegerField(default=1)  # of its own fields' keys, never used again
    sprint_policy = EnumField(SprintPolicy, default=SprintPolicy.ROLLING)
    sprint_count = pw.IntegerField(null=True)  # beside the trial one; null until laid out
    weight_unit = EnumField(WeightUnit, default=WeightUnit.POINTS)
    next_recurrence_number = pw.IntegerField(default=1)  # of its cyclogram, never used again
    search = pw.TextField()  # code and names, folded: SQLite cannot fold Cyrillic itself
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "projects"


class Passport(BaseModel):
    """The passport of a project; lists are lists of Markdown lines."""

    project = pw.ForeignKeyField(Project, primary_key=True, backref="passports")
    project_id: int
    unique_idea = pw.TextField(default="")
    goal = pw.TextField(default="")
    objectives = JsonTextField(default=list)
    relevance = pw.TextField(default="")
    concept = pw.TextField(default="")
    advantage = pw.TextField(default="")
    toolkit = JsonTextField(default=list)
    target_audience = pw.TextField(default="")
    participants = JsonTextField(default=list)
    leads = JsonTextField(default=list)
    funding = JsonTextField(default=list)
    expected_results = JsonTextField(default=list)
    indicators = JsonTextField(default=list)
    risks = JsonTextField(default=list)
    acts = JsonTextField(default=list)
    national_directions = JsonTextField(default=list)
    products = JsonTextField(default=list)
    dissemination = JsonTextField(default=list)
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "passports"


class Stage(BaseModel):
    """A stage of a project, with its period."""

    project = pw.ForeignKeyField(Project, backref="stages")
    project_id: int
    key = pw.CharField(max_length=16)  # s1, s2 …: names it in files and in the journal
    name = pw.CharField(max_length=200)
    position = pw.IntegerField()
    period = PeriodField(null=True)
    starts_on = pw.DateField(null=True)
    ends_on = pw.DateField(null=True)
    version = pw.IntegerField(default=1)

    class Meta:
        """Plural."""

        table_name = "stages"
        indexes = ((("project", "key"), True),)


class Membership(BaseModel):
    """A person's part in a project."""

    project = pw.ForeignKeyField(Project, backref="memberships")
    project_id: int
    user = pw.ForeignKeyField(User, backref="memberships")
    user_id: int
    role = EnumField(MemberRole)

    class Meta:
        """Found from both sides."""

        table_name = "memberships"
        indexes = ((("project", "user"), True),)


class Label(BaseModel):
    """A label of a project's tasks."""

    project = pw.ForeignKeyField(Project, backref="labels")
    project_id: int
    name = pw.CharField(max_length=60)
    colour = EnumField(LabelColour)

    class Meta:
        """Plural."""

        table_name = "labels"
        indexes = ((("project", "name"), True),)


class GateDecision(BaseModel):
    """A gate that was passed: who decided, when and why."""

    project = pw.ForeignKeyField(Project, backref="gate_decisions")
    project_id: int
    from_gate = EnumField(Gate)
    to_gate = EnumField(Gate)
    reason = pw.TextField()
    decided_by = pw.ForeignKeyField(User, backref="+")
    decided_by_id: int
    decided_at = UTCDateTimeField()

    class Meta:
        """Plural."""

        table_name = "gate_decisions"
