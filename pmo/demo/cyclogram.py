"""The cyclogram of the demo: what its plan says of every year comes round from now on.

Occurrences name years, which a file of days cannot move: so they are made on the day of loading.
"""

from datetime import date, datetime

from pmo.domain import calendar
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import RecurrenceKind
from pmo.models import Column, Project, User
from pmo.queries import boards, recurrences
from pmo.services import recurrences as services

CODE = "ШЛО"
"""A project whose plan is a cyclogram."""

DAYS_AHEAD = 14

IN_THE_TABLE = {
    "2.5": {
        "participants": "кандидаты в кадровый резерв",
        "document": "положение, итоговый протокол",
        "submitted_to": "конкурсная комиссия",
    },
    "2.4": {"document": "анкеты кандидатов", "submitted_to": "рабочая группа"},
    "2.6": {"participants": "кадровый резерв, кандидаты", "document": "аналитическая справка"},
    "1.1": {"document": "индивидуальные планы", "submitted_to": "рабочая группа"},
}
"""By number in the plan: what the cyclogram says beside the card."""

MEETING = {
    "title": "Совещание рабочей группы",
    "rule": RecurrenceKind.FIRST_WORKING_DAY,
    "month_from": 9,
    "month_to": 5,
    "participants": "рабочая группа проекта",
    "document": "протокол",
    "checklist": ["Повестка", "Протокол разослан"],
    "days_ahead": 3,
}


def perform(*, today: date, at: datetime) -> None:
    """Let the lead of the project put into the cyclogram what its plan says of every year."""
    project = Project.get(Project.code == CODE)
    lead = User.get_by_id(project.lead_id)
    actor = Actor(lead.id, lead.login, lead.name, lead.role)
    starts_on, _end = calendar.academic_year_span(calendar.academic_year_of(today))
    head = boards.of_project(project.id, actor)[0]
    first = Column.select(Column.id).where(Column.board == head.id).order_by(Column.position)
    column_id = first.limit(1).scalar()
    for card in recurrences.candidates(project.id, actor):
        values = recurrences.suggestion(card.task_id, actor, today=today).values
        values |= {"starts_on": starts_on, "days_ahead": DAYS_AHEAD, "column_id": column_id}
        values |= IN_THE_TABLE.get(values["plan_number"], {})
        services.add_of_task(card.task_id, values=values, actor=actor, at=at, today=today)
    meeting = {**MEETING, "column_id": column_id, "starts_on": starts_on}
    meeting["assignee_ids"] = [lead.id]
    services.add(project.id, values=meeting, actor=actor, at=at, today=today)
