"""Templates of boards: what they keep, and boards made of them."""

import json

import pytest

from pmo.documents.portfolio_rule_checks import template_faults
from pmo.domain.board_templates import BUILT_IN
from pmo.domain.vocabulary import (
    AutomationAction,
    AutomationTrigger,
    ColumnMeaning,
    MemberRole,
    WipBy,
    WipKind,
)
from pmo.errors import AlreadyTaken, Forbidden, NotFound, StaleVersion
from pmo.models import Board, BoardTemplate, Column, Event, Label, Task
from pmo.queries import automation
from pmo.queries import board_templates as queries
from pmo.queries import move_rules as moves
from pmo.queries import wip_rules as limits
from pmo.services import automation_rules, board_templates, move_rules, projects, wip_rules
from schemas.portfolio import BoardTemplateSchema as TemplateSchema
from tests.cast import NOW


@pytest.fixture
def ruled(cast):
    """Give the board of the Orchard rules of every kind, with people and without."""
    board, columns, who = cast.orchard.board, cast.orchard.columns, {"actor": cast.lev, "at": NOW}
    way = {"source_id": None, "target_id": columns[3], "least_role": MemberRole.LEAD}
    move_rules.add(board, **way, **who)
    for by, subject in (
        (WipBy.PERSON, None),
        (WipBy.PERSON, cast.mila.user_id),
        (WipBy.STAGE, cast.orchard.stages[0]),
    ):
        wip_rules.add(board, by=by, subject_id=subject, limit=3, kind=WipKind.SOFT, **who)
    on = {"trigger": AutomationTrigger.MOVED, "column_id": columns[2]}
    for name, values in (
        ("Who", {"action": AutomationAction.ASSIGN, "user_id": cast.mila.user_id}),
        ("What", {"action": AutomationAction.LABEL, "label_id": cast.orchard.labels[0]}),
        ("Where", {"action": AutomationAction.MOVE, "target_id": columns[3]}),
    ):
        automation_rules.add(board, values={"name": name, **on, **values}, **who)
    Column.update(definition_of_done="Report").where(Column.id == columns[3]).execute()
    return cast


def save(cast, name="Event", actor=None):
    return board_templates.save(cast.orchard.board, name=name, actor=actor or cast.lev, at=NOW)


def make(cast, template, actor=None, project=None):
    return board_templates.create_board(
        project or cast.harbour.project,
        name="Second",
        template=template and str(template),
        actor=actor or cast.clea,
        at=NOW,
    ).board_id


def test_a_board_of_a_template_has_its_columns_and_rules(ruled):
    Label.delete().where(Label.project == ruled.harbour.project).execute()

    board = make(ruled, save(ruled))

    columns = list(Column.select().where(Column.board == board).order_by(Column.position))
    assert [(it.name, it.wip_limit) for it in columns] == [
        ("Queue", None),
        ("In progress", 3),
        ("Waiting", 2),
        ("Done", None),
    ]
    assert columns[3].definition_of_done == "Report"
    assert columns[3].guard
    [way] = moves.of_board(board, ruled.clea)
    assert (way.source_id, way.target_id, way.least_role) == (None, columns[3].id, MemberRole.LEAD)
    [limit] = limits.of_board(board, ruled.clea)
    assert (limit.by, limit.subject_id, limit.limit) == (WipBy.PERSON, None, 3)
    rules = automation.of_board(board, ruled.clea)
    assert [(it.name, it.column_id, it.target_id, it.label_name) for it in rules] == [
        ("What", columns[2].id, None, "Urgent"),
        ("Where", columns[2].id, columns[3].id, ""),
    ]


def test_a_template_holds_no_people_no_cards_and_nothing_of_its_project(ruled):
    template = BoardTemplate.get_by_id(save(ruled))

    text = str(template.content)
    for foreign in ("mila", "Mila", "Stage", "s1", "Orchard", "ШШ", "Task"):
        assert foreign not in text


def test_a_board_of_a_template_begins_without_cards(ruled):
    board = make(ruled, save(ruled), actor=ruled.lev, project=ruled.orchard.project)

    assert Board.get_by_id(board).key == "b2"
    assert not Task.select().join(Column).where(Column.board == board).exists()
    event = Event.get(Event.kind == "board.created")
    assert event.data == {"board": "b2", "name": "Second", "template": "Event"}


def test_without_a_template_a_board_has_the_usual_columns(cast):
    assert Column.select().where(Column.board == make(cast, None)).count() == 5


@pytest.mark.one_database
def test_the_templates_built_in_would_be_taken_from_a_portfolio_file():
    parts = [TemplateSchema().load(json.loads(json.dumps(it))) for it in BUILT_IN.values()]

    assert list(template_faults(parts)) == []


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_board_of_a_template_built_in_has_all_its_rules(cast, key):
    board = make(cast, key)

    content = BUILT_IN[key]
    columns = list(Column.select().where(Column.board == board).order_by(Column.position))
    assert [it.name for it in columns] == [it["name"] for it in content["columns"]]
    assert (columns[-1].meaning, bool(columns[-1].guard)) == (ColumnMeaning.DONE, True)
    assert len(automation.of_board(board, cast.clea)) == len(content["automation_rules"])
    assert len(limits.of_board(board, cast.clea)) == len(content["wip_rules"])


def test_a_project_begins_with_a_board_of_a_template(cast):
    proposal = projects.Proposal("НК", "Новый курс", template="event")

    project = projects.propose(proposal, actor=cast.mila, at=NOW)

    board = Board.get(Board.project == project)
    assert Column.get(Column.board == board.id).name == "План"
    assert Event.get(Event.kind == "board.created").data["template"] == "Мероприятие"
    with pytest.raises(NotFound):
        projects.propose(projects.Proposal("ЕЩ", "Ещё", template="none"), actor=cast.mila, at=NOW)


def test_a_template_is_renamed_and_removed_by_the_heads_of_the_office(cast):
    template = save(cast)

    for login in ("lev", "mila"):
        with pytest.raises(Forbidden):
            board_templates.remove(template, expected_version=1, actor=cast.actor(login), at=NOW)
    board_templates.rename(template, name="Other", expected_version=1, actor=cast.dina, at=NOW)
    with pytest.raises(StaleVersion):
        board_templates.remove(template, expected_version=1, actor=cast.dina, at=NOW)
    names = [it.name for it in queries.every(cast.mila) if it.id]
    board_templates.remove(template, expected_version=2, actor=cast.ada, at=NOW)

    assert names == ["Other"]
    assert [it.key for it in queries.every(cast.mila)] == list(BUILT_IN)


def test_a_name_is_given_once_whatever_its_case(cast):
    save(cast, "Ёлка")

    with pytest.raises(AlreadyTaken):
        save(cast, "ёлка")


def test_a_template_that_is_not_there_makes_no_board(cast):
    for key in (999, "none", "²"):
        with pytest.raises(NotFound):
            make(cast, key)
    with pytest.raises(Forbidden):
        save(cast, actor=cast.mila)
    with pytest.raises(NotFound):
        save(cast, actor=cast.clea)
