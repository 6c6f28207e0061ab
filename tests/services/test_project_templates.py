"""Templates of projects: what they keep, and projects started from them."""

import json
from datetime import date

import pytest
from playhouse.test_utils import count_queries

from pmo.db import transaction
from pmo.documents import portfolio_template_checks
from pmo.domain import periods
from pmo.domain.project_plans import BUILT_IN
from pmo.domain.recurrences import Occurrence
from pmo.domain.vocabulary import (
    AutomationAction,
    AutomationTrigger,
    ColumnMeaning,
    MemberRole,
    OccurrenceOutcome,
    OwnFieldKind,
    RecurrenceKind,
    SprintPolicy,
    SprintState,
    WeightUnit,
    WipBy,
    WipKind,
)
from pmo.errors import AlreadyTaken, Forbidden, Invalid, NotFound, StaleVersion
from pmo.models import (
    AutomationRule,
    AutomationRun,
    Board,
    ChecklistItem,
    Column,
    Comment,
    Event,
    Label,
    Membership,
    MoveRule,
    Notification,
    OwnField,
    Passport,
    Project,
    ProjectTemplate,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    Sprint,
    Stage,
    Task,
    TaskAssignee,
    TaskDependency,
    TaskLabel,
    WipRule,
)
from pmo.queries import project_templates as queries
from pmo.queries import search
from pmo.queries.project_template_contents import Choices
from pmo.services import (
    automation_rules,
    checklists,
    comments,
    dependencies,
    move_rules,
    own_fields,
    project_templates,
    projects,
    recurrence_values,
    recurrences,
    sprints,
    tasks,
    wip_rules,
)
from pmo.services.project_starts import Start
from pmo.services.projects import Proposal
from schemas.portfolio_project_templates import PlanSchema
from tests.cast import NOW

PERIOD = periods.parse("октябрь 2024 – февраль 2025")
VAGUE = "после дождичка"


@pytest.fixture
def rich(cast):
    """Give the Orchard everything that a template keeps, and much that it must not."""
    scene, who = cast.orchard, {"actor": cast.lev, "at": NOW}
    board, columns = scene.board, scene.columns
    Stage.update(period=PERIOD, starts_on=PERIOD.starts_on, ends_on=PERIOD.ends_on).where(
        Stage.id == scene.stages[0]
    ).execute()
    way = {"source_id": None, "target_id": columns[1], "least_role": MemberRole.LEAD}
    move_rules.add(board, **way, **who)
    for by, subject in ((WipBy.PERSON, cast.mila.user_id), (WipBy.STAGE, scene.stages[0])):
        wip_rules.add(board, by=by, subject_id=subject, limit=1, kind=WipKind.HARD, **who)
    on = {"trigger": AutomationTrigger.MOVED, "column_id": columns[2]}
    for name, values in (
        ("Who", {"action": AutomationAction.ASSIGN, "user_id": cast.mila.user_id}),
        ("What", {"action": AutomationAction.LABEL, "label_id": scene.labels[0]}),
    ):
        automation_rules.add(board, values={"name": name, **on, **values}, **who)
    own_fields.add(scene.project, name="Format", kind=OwnFieldKind.CHOICE, choices=["a"], **who)
    first, second, third = scene.tasks
    changes = {
        "period": "ежегодно, октябрь 2024",
        "due_on": date(2024, 10, 31),
        "description": "Secret words",
        "expected_result": "Report",
        "responsible": "Methodist",
        "label_ids": [scene.labels[0]],
        "assignee_ids": [cast.mila.user_id],
        "weight": 5,
        "plan_number": "1.2",
        "own": {"f1": "a"},
    }
    tasks.edit(first, changes, base_version=1, **who)
    tasks.edit(second, {"period": VAGUE, "due_on": date(2024, 2, 29)}, base_version=1, **who)
    item = checklists.add(first, text="Book a hall", **who).item_id
    checklists.edit(item, {"is_done": True}, expected_version=None, **who)
    comments.add(first, text="A remark", **who)
    dependencies.add(third, blocker_id=first, **who)
    tasks.place(third, column_id=columns[3], confirmed=True, **who)
    tasks.place(second, column_id=columns[2], **who)
    return cast


def save(cast, name="Plan", choices=None, actor=None):
    return project_templates.save(
        cast.orchard.project, choices or Choices(2024), name=name, actor=actor or cast.lev, at=NOW
    )


def start(cast, key, year=2025, actor=None, **more):
    proposal = Proposal("НК", "New", start=Start(str(key), year), **more)
    return projects.propose(proposal, actor=actor or cast.mila, at=NOW)


def tasks_of(project):
    return list(Task.select().where(Task.project == project).order_by(Task.number))


def test_a_project_of_a_template_has_its_plan_a_year_later(rich):
    project = start(rich, save(rich))

    stages = list(Stage.select().where(Stage.project == project).order_by(Stage.position))
    assert [(it.name, it.period and it.period.text) for it in stages] == [
        ("Stage 1", "октябрь 2025 – февраль 2026"),
        ("Stage 2", None),
    ]
    assert (stages[0].starts_on, stages[0].ends_on) == (date(2025, 10, 1), date(2026, 2, 28))
    [field] = OwnField.select().where(OwnField.project == project)
    assert (field.key, field.name, field.choices) == ("f1", "Format", ["a"])
    made = tasks_of(project)
    assert [it.title[:6] for it in made] == ["Task 2", "Task 1", "Task 3"]
    first = made[1]
    assert (first.period_text, first.due_on) == ("ежегодно, октябрь 2025", date(2025, 10, 31))
    assert (first.weight, first.plan_number, first.responsible) == (5, "1.2", "Methodist")
    assert (first.expected_result, first.description) == ("Report", "Secret words")
    assert first.stage_id == stages[0].id
    assert (made[0].period_text, made[0].due_on) == (VAGUE, date(2025, 2, 28))
    assert not made[0].period.understood
    [item] = ChecklistItem.select().where(ChecklistItem.task == first)
    assert (item.text, item.is_done, first.checklist_total, first.checklist_done) == (
        "Book a hall",
        False,
        1,
        0,
    )
    [labelled] = TaskLabel.select().where(TaskLabel.task == first)
    assert Label.get_by_id(labelled.label_id).project_id == project
    [waiting] = TaskDependency.select().where(TaskDependency.task == made[2])
    assert waiting.blocker_id == first.id


def test_tasks_begin_in_the_queue_and_the_sums_are_right(rich):
    project = start(rich, save(rich))

    query = Column.select().join(Board).where(Board.project == project)
    columns = list(query.order_by(Column.position))
    assert [(it.name, it.task_count, it.task_weight) for it in columns] == [
        ("Queue", 3, 7),
        ("In progress", 0, 0),
        ("Waiting", 0, 0),
        ("Done", 0, 0),
    ]
    assert Project.get_by_id(project).next_task_number == 4
    assert Project.get_by_id(project).next_own_number == 2


def test_tasks_may_keep_their_columns_but_none_begins_done(rich):
    project = start(rich, save(rich, choices=Choices(2024, columns=True)))

    names = {it.title[:6]: it.column.name for it in tasks_of(project)}
    assert names == {"Task 1": "Queue", "Task 2": "Waiting", "Task 3": "Queue"}


def test_rules_come_along_without_people_and_do_nothing_about_the_tasks(rich):
    project = start(rich, save(rich, choices=Choices(2024, columns=True)), actor=rich.olga)

    board = Board.get(Board.project == project)
    [way] = MoveRule.select().where(MoveRule.board == board)
    assert way.target.name == "In progress"
    [limit] = WipRule.select().where(WipRule.board == board)
    assert (limit.by, limit.stage.name, limit.stage.project_id) == (
        WipBy.STAGE,
        "Stage 1",
        project,
    )
    [rule] = AutomationRule.select().where(AutomationRule.board == board)
    assert (rule.name, rule.label.project_id) == ("What", project)
    assert not AutomationRun.select().where(AutomationRun.board == board).exists()


def test_nothing_of_people_and_facts_goes_into_a_template(rich):
    Passport.update(leads=["Ivanova"], risks=["Late"]).where(
        Passport.project == rich.orchard.project
    ).execute()
    template = ProjectTemplate.get_by_id(save(rich))

    text = json.dumps(template.content, ensure_ascii=False)
    for foreign in (
        "mila",
        "Mila",
        '"lev"',
        "Who",
        "A remark",
        "Ivanova",
        "2025-01-15",
        '"a"]}, {',
    ):
        assert foreign not in text
    project = start(rich, template.id)
    mine = Task.project == project
    people = TaskAssignee.select().join(Task).where(mine)
    assert not people.exists()
    assert not Comment.select().join(Task).where(mine).exists()
    assert not Notification.select().where(Notification.project == project).exists()
    [member] = Membership.select().where(Membership.project == project)
    assert (member.user.login, member.role) == ("mila", MemberRole.LEAD)


def test_what_is_saved_would_be_taken_from_a_portfolio_file(rich):
    content = ProjectTemplate.get_by_id(save(rich, choices=Choices(2024, columns=True))).content

    loaded = PlanSchema().load(json.loads(json.dumps(content)))

    template = {"name": "Plan", "saved_by": "lev", "content": loaded}
    assert list(portfolio_template_checks.faults([template], {"lev"})) == []
    for part in ("stages", "boards", "tasks"):
        assert list(content[part][0]) == list(loaded[part][0])
    assert list(content["passport"]) == list(loaded["passport"])
    assert list(content) == list(loaded)


def test_passport_and_descriptions_can_be_left_out(rich):
    whole = start(rich, save(rich), passport={"goal": "", "relevance": "Now"})
    assert Passport.get_by_id(whole).goal == "The goal of Orchard"
    assert Passport.get_by_id(whole).relevance == "Now"

    choices = Choices(2024, descriptions=False, passport=False)
    bare = ProjectTemplate.get_by_id(save(rich, "Bare", choices))
    assert bare.content["passport"] is None
    assert bare.holds["passport"] is False
    assert "Secret words" not in json.dumps(bare.content)
    assert "Report" in json.dumps(bare.content)


def test_the_journal_tells_of_all_that_was_made(rich):
    project = start(rich, save(rich))

    kinds = [it.kind for it in Event.select().where(Event.project == project).order_by(Event.id)]
    assert sorted(set(kinds)) == [
        "board.created",
        "project.label_added",
        "project.own_field_added",
        "project.proposed",
        "project.stage_added",
        "task.created",
        "task.dependency_added",
    ]
    assert kinds.count("task.created") == 3
    proposed = Event.get((Event.project == project) & (Event.kind == "project.proposed"))
    assert (proposed.data["template"], proposed.data["academic_year"]) == ("Plan", 2025)
    saved = Event.get(Event.kind == "project_template.saved")
    assert (saved.data, saved.project_id) == ({"template": "Plan", "source": "ШШ"}, None)


def test_made_tasks_are_found_at_once(rich):
    project = start(rich, save(rich))

    found = search.search("Methodist", rich.mila).items
    assert project in {it.project_id for it in found}


def test_statements_do_not_grow_with_tasks(rich):
    def counted(name):
        with count_queries() as saving:
            template = save(rich, name)
        wanted = Proposal(name[:2].upper(), name, start=Start(str(template), 2025))
        with count_queries() as starting:
            projects.propose(wanted, actor=rich.mila, at=NOW)
        return saving.count, starting.count

    def add(number):
        fields = {"title": f"More {number}", "period": "май 2025"}
        made = tasks.create(rich.orchard.columns[0], fields=fields, actor=rich.lev, at=NOW)
        dependencies.add(made.task_id, blocker_id=rich.orchard.tasks[1], actor=rich.lev, at=NOW)

    add(0)
    few = counted("Small")
    for number in range(1, 40):
        add(number)

    assert counted("Large") == few


def test_a_template_is_saved_again_by_who_edits_its_project(rich):
    template = save(rich)
    more = {"fields": {"title": "More"}, "actor": rich.lev, "at": NOW}
    tasks.create(rich.orchard.columns[0], **more)
    again = {"expected_version": 1, "at": NOW}

    with pytest.raises(Forbidden):
        project_templates.replace(
            template, rich.harbour.project, Choices(), actor=rich.clea, **again
        )
    with pytest.raises(NotFound):
        project_templates.replace(
            template, rich.orchard.project, Choices(), actor=rich.clea, **again
        )
    project_templates.replace(template, rich.orchard.project, Choices(), actor=rich.lev, **again)
    with pytest.raises(StaleVersion):
        project_templates.replace(
            template, rich.orchard.project, Choices(), actor=rich.lev, **again
        )
    assert queries.every(rich.mila)[-1].holds.tasks == 4
    project_templates.replace(
        template, rich.harbour.project, Choices(), expected_version=2, actor=rich.dina, at=NOW
    )
    assert queries.every(rich.mila)[-1].source == "ГВ"
    with pytest.raises(StaleVersion):
        projects.propose(
            Proposal("ЯЯ", "Late", start=Start(str(template), 2025, version=2)),
            actor=rich.mila,
            at=NOW,
        )


def test_a_template_is_renamed_and_removed_by_the_heads_of_the_office(cast):
    template = save(cast, "Ёлка")

    with pytest.raises(AlreadyTaken):
        save(cast, "ёлка")
    for login in ("lev", "mila"):
        with pytest.raises(Forbidden):
            project_templates.remove(template, expected_version=1, actor=cast.actor(login), at=NOW)
    project_templates.rename(template, name="Other", expected_version=1, actor=cast.dina, at=NOW)
    with pytest.raises(StaleVersion):
        project_templates.remove(template, expected_version=1, actor=cast.dina, at=NOW)
    assert [it.name for it in queries.every(cast.mila) if it.id] == ["Other"]
    project_templates.remove(template, expected_version=2, actor=cast.ada, at=NOW)
    assert [it.key for it in queries.every(cast.mila)] == list(BUILT_IN)


def test_only_who_edits_a_project_saves_it(cast):
    with pytest.raises(Forbidden):
        save(cast, actor=cast.mila)
    with pytest.raises(NotFound):
        save(cast, actor=cast.clea)


def test_what_is_not_there_starts_nothing(cast):
    for key in ("999", "none", "²", "9" * 30):
        with pytest.raises(NotFound):
            start(cast, key)
    with pytest.raises(Invalid):
        start(cast, "quality", template="event")
    assert not Project.select().where(Project.code == "НК").exists()


def test_sprints_and_recurring_tasks_are_planned_anew(rich):
    scene, who = rich.orchard, {"actor": rich.lev, "at": NOW}
    laid = {"count": 2, "weeks": 4, "trial_weeks": 1, "policy": SprintPolicy.FREE}
    sprints.lay_out(scene.project, starts_on=date(2024, 9, 2), **laid, **who)
    Project.update(weight_unit=WeightUnit.HOURS).where(Project.id == scene.project).execute()
    rule = {"rule": RecurrenceKind.MONTHLY, "starts_on": date(2024, 9, 1)}
    values = {"title": "Monthly", "column_id": scene.columns[0], "stage_id": scene.stages[0]}
    more = {"label_ids": scene.labels, "assignee_ids": [rich.mila.user_id], "checklist": ["Hall"]}
    made = recurrences.add(
        scene.project, values={**values, **rule, **more}, today=NOW.date(), **who
    )
    due = Occurrence(NOW.date(), "month:2025-01", NOW.date(), NOW.date(), NOW.date())
    with transaction():
        outcome = OccurrenceOutcome.MADE
        recurrences.settle(made.recurrence_id, due, outcome, task_id=scene.tasks[0], at=NOW)

    project = start(rich, save(rich))

    row = Project.get_by_id(project)
    assert (row.sprint_policy, row.sprint_count) == (SprintPolicy.FREE, 2)
    assert row.weight_unit is WeightUnit.HOURS
    mine = Sprint.select().where(Sprint.project == project).order_by(Sprint.number)
    assert [(it.number, it.starts_on, it.state) for it in mine] == [
        (0, date(2025, 9, 1), SprintState.PLANNED),
        (1, date(2025, 9, 8), SprintState.PLANNED),
        (2, date(2025, 10, 6), SprintState.PLANNED),
    ]
    [again] = Recurrence.select().where(Recurrence.project == project)
    assert (again.key, again.title, again.starts_on) == ("r1", "Monthly", date(2025, 9, 1))
    assert again.board.project_id == again.stage.project_id == project
    assert (again.column.board_id, again.since) == (again.board_id, NOW.date())
    assert not RecurrenceAssignee.select().where(RecurrenceAssignee.recurrence == again).exists()
    assert RecurrenceLabel.select().where(RecurrenceLabel.recurrence == again).count() == 1
    titles = {it.title[:6] for it in tasks_of(project)}
    assert titles == {"Task 2", "Task 3"}, "the cyclogram makes its own cards"
    told = {it.kind: it.data for it in Event.select().where(Event.project == project)}
    assert told["sprint.laid_out"]["count"] == 2
    assert told["recurrence.added"] == {
        "recurrence": "r1",
        **recurrence_values.portable(again),
    }


def test_a_few_leftovers_of_other_years_do_not_date_a_plan(cast):
    def add(day):
        fields = {"title": "More", "due_on": day}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)

    def year():
        return queries.savable(cast.orchard.project, cast.lev).academic_year

    assert year() == 2024  # of the proposal
    Stage.update(starts_on=date(2022, 9, 1)).where(Stage.id == cast.orchard.stages[0]).execute()
    assert year() == 2022
    add(date(2019, 10, 1))
    for day in range(1, 10):
        add(date(2023, 10, day))
    assert year() == 2023


def test_a_template_has_its_limits(cast, monkeypatch):
    monkeypatch.setattr(project_templates, "MOST_TASKS", 2)
    with pytest.raises(Invalid):
        save(cast)


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_project_of_a_template_built_in_has_all_of_it(cast, key):
    project = start(cast, key, year=2027, actor=cast.olga)

    content = BUILT_IN[key].content
    made = tasks_of(project)
    assert [it.title for it in made] == [it["title"] for it in content["tasks"]]
    assert all(it.period.understood and it.due_on >= date(2027, 9, 1) for it in made)
    assert all(it.column.meaning is ColumnMeaning.QUEUE for it in made)
    blocked = (
        TaskDependency.select().join(Task, on=TaskDependency.task).where(Task.project == project)
    )
    assert blocked.count() == sum(len(it["waits_for"]) for it in content["tasks"])
    boards = Board.select().where(Board.project == project)
    assert boards.count() == len(content["boards"])
