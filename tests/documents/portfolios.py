"""A small portfolio that uses every key of the file, and ways to spoil it."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from pmo.domain import periods

PERIOD = periods.to_dict(periods.parse("сентябрь – октябрь 2021 г."))

COLUMNS = [
    {
        "key": "c1",
        "name": "Бэклог",
        "meaning": "queue",
        "wip_limit": None,
        "wip_kind": "none",
        "definition_of_done": "",
        "amber_days": None,
        "red_days": None,
    },
    {
        "key": "c3",
        "name": "В работе",
        "meaning": "in_progress",
        "wip_limit": 5,
        "wip_kind": "hard",
        "definition_of_done": "Согласовано.\nОпубликовано.",
        "amber_days": 7,
        "red_days": 14,
    },
]


def automation(name: str, trigger: str, action: str, **values: Any) -> dict[str, Any]:
    """Return a rule of a board with every key, in the order of the file."""
    return {
        "name": name,
        "is_on": True,
        "trigger": trigger,
        "column": None,
        "days": None,
        "action": action,
        "target": None,
        "user": None,
        "label": None,
        "text": "",
        **values,
    }


RULES: dict[str, Any] = {
    "move_rules": [
        {"from": None, "to": "c3", "least_role": "lead"},
        {"from": "c1", "to": "c3", "least_role": "member"},
        {"from": "c3", "to": None, "least_role": "lead"},
    ],
    "wip_rules": [
        {"by": "label", "of": "срочно", "limit": 2, "kind": "hard"},
        {"by": "person", "of": None, "limit": 5, "kind": "soft"},
        {"by": "person", "of": "lev", "limit": 7, "kind": "hard"},
        {"by": "stage", "of": "s1", "limit": 3, "kind": "soft"},
    ],
    "automation_rules": [
        automation("Первое", "moved", "assign", column="c3", user="lev"),
        automation("Второе", "due", "label", days=0, label="срочно"),
        automation("Третье", "blocked", "move", target="c1", is_on=False),
        automation("Четвёртое", "idle", "notify", days=7, text="Взгляните: «стоит»"),
    ],
}


def task(number: int, **values: Any) -> dict[str, Any]:
    """Return a task with every key, in the order of the file."""
    return {
        "number": number,
        "title": f"Событие {number}",
        "kind": "event",
        "board": "b1",
        "column": "c1",
        "stage": "s1",
        "plan_number": "1.1",
        "period": PERIOD,
        "due_on": "2021-10-31",
        "weight": 3,
        "sprint": None,
        "assignees": ["ada", "lev"],
        "labels": ["срочно"],
        "own": {"f2": "очно", "f1": "-12.5", "f4": "2021-10-30", "f5": "#1: «да»"},
        "description": "**Жирно**\n\n- раз\n- два\n",
        "expected_result": "Отчёт",
        "responsible": "методист: «да»",
        "blocked_reason": None,
        "created_by": "lev",
        "created_at": "2021-06-15T09:00:00Z",
        "archived_at": None,
        "comments": [],
        "checklist": [],
        "evidence": [],
        "waits_for": [],
        "watchers": [],
        "successor": None,
        "attachments": [],
        **values,
    }


def event(kind: str, at: str, number: int | None = None, **data: Any) -> dict[str, Any]:
    """Return an event of the project. act, undoes: among the data, where they are wanted."""
    links = {name: data.pop(name, None) for name in ("act", "undoes")}
    who = {"actor": "lev", "kind": kind, "project": "ШШ", "task": number}
    return {"at": at, **who, "data": data, **links}


CREATED = {"board": "b1", "column": "c1", "meaning": "queue", "column_name": "Бэклог"}

MOVED = {
    "board": "b1",
    "from": "c1",
    "from_meaning": "queue",
    "from_name": "Бэклог",
    "to": "c3",
    "to_meaning": "in_progress",
    "to_name": "В работе",
    "over_limit": {"limit": 5, "count": 6},
}

COMMENTS = [
    {
        "number": 1,
        "author": "lev",
        "text": "Где зал, @ada?\n\n- тот\n- этот\n",
        "written_at": "2021-06-17T09:00:00Z",
        "edited_at": "2021-06-17T10:00:00.000001Z",
        "removed_at": None,
        "removed_by": None,
    },
    {
        "number": 2,
        "author": None,
        "text": "Неделю без движения",
        "written_at": "2021-06-17T10:30:00Z",
        "edited_at": None,
        "removed_at": None,
        "removed_by": None,
    },
    {
        "number": 3,
        "author": "ada",
        "text": "Не туда",
        "written_at": "2021-06-17T11:00:00Z",
        "edited_at": None,
        "removed_at": "2021-06-17T12:00:00Z",
        "removed_by": "lev",
    },
]

CHECKLIST = [
    {
        "text": "Заказать зал",
        "is_done": True,
        "done_by": "ada",
        "done_at": "2021-06-18T09:00:00.500000Z",
        "became": None,
    },
    {
        "text": "Разослать «приглашения»",
        "is_done": False,
        "done_by": None,
        "done_at": None,
        "became": 2,
    },
]

EVIDENCE = [
    {
        "title": "Фотоотчёт",
        "url": "https://пример.рф/отчёт?a=1&b=2",
        "file": None,
        "presentation": "фотоотчёт",
        "note": "12 снимков\nс подписями",
        "added_by": "lev",
        "added_at": "2021-06-18T09:00:00Z",
    },
    {
        "title": "Справка",
        "url": "",
        "file": "8a14dee0a9ed2a5ad4c8dcc8a6f2d3a4d80c5a2d8f6e0b9f2b1ad4b3a4c1d5e6",
        "presentation": "",
        "note": "",
        "added_by": "ada",
        "added_at": "2021-06-18T10:00:00Z",
    },
]

BACK = {
    "board": "b1",
    "from": "c3",
    "from_meaning": "in_progress",
    "from_name": "В работе",
    "to": "c1",
    "to_meaning": "queue",
    "to_name": "Бэклог",
    "from_before": 3,
}

PUT_AWAY = {
    "board": "b1",
    "column": "c3",
    "meaning": "in_progress",
    "column_name": "В работе",
    "successor": "ШШ-5",
}

ATTACHMENTS = [
    {
        "name": "Программа семинара.txt",
        "size": 18,
        "sha256": "8a14dee0a9ed2a5ad4c8dcc8a6f2d3a4d80c5a2d8f6e0b9f2b1ad4b3a4c1d5e6",
        "media_type": "text/plain",
        "added_by": "ada",
        "added_at": "2021-06-17T13:00:00Z",
    },
    {
        "name": "зал.png",
        "size": 70,
        "sha256": "19f1c1a5b8d34c3b39d4b7f4c4b0ab53a1a9e1f9fd1d8c7a1a3f4e5d6c7b8a90",
        "media_type": "image/png",
        "added_by": "lev",
        "added_at": "2021-06-17T14:00:00.500000Z",
    },
]

LINE = {"task": 5, "weight": 3, "at": None, "was": None, "reason": ""}

REPORT = {
    "sprint": 0,
    "goal": "Попробовать: «как пойдёт»\n- раз",
    "goal_met": False,
    "starts_on": "2021-06-14",
    "ends_on": "2021-06-20",
    "started_at": "2021-06-14T09:00:00Z",
    "closed_at": "2021-06-18T09:00:00.250000Z",
    "as_of": "2021-06-18T09:00:00.250000Z",
    "started_late": 0,
    "ended_late": -2,
    "said": 3,
    "kept": 0,
    "velocity": 0,
    "committed": [LINE],
    "added": [],
    "removed": [],
    "re_estimated": [{**LINE, "at": "2021-06-15T09:00:00.000001Z", "was": 2}],
    "re_estimated_done": [],
    "done": [],
    "unfinished": [LINE],
    "reopened": [],
    "moved_back": [],
    "back": [],
    "left": [
        {
            "task": 5,
            "weight": 3,
            "decision": "next_sprint",
            "reason": "Не успели: «зал»",
            "to": 1,
            "new_task": None,
            "times": 1,
        }
    ],
    "work_days": 4,
    "days": ["2021-06-15", "2021-06-16"],
    "at_start": {"scope": 3, "done": 0},
    "points": [{"day": "2021-06-15", "elapsed": 1, "scope": 3, "done": 0}],
}

SPRINTS = [
    {
        "number": 0,
        "goal": "Попробовать: «как пойдёт»\n- раз",
        "starts_on": "2021-06-14",
        "ends_on": "2021-06-20",
        "state": "closed",
        "started_at": "2021-06-14T09:00:00Z",
        "closed_at": "2021-06-18T09:00:00.250000Z",
        "goal_met": False,
        "people": [],
        "notes": [
            {
                "column": "try",
                "text": "Спросить: «когда?»\n- раз",
                "author": "lev",
                "created_at": "2021-06-17T09:00:00Z",
                "task": 5,
            },
            {
                "column": "keep",
                "text": "#чай",
                "author": "ada",
                "created_at": "2021-06-17T09:00:00.000500Z",
                "task": None,
            },
        ],
        "report": REPORT,
    },
    {
        "number": 1,
        "goal": "Провести семинар",
        "starts_on": "2021-06-21",
        "ends_on": "2021-07-18",
        "state": "active",
        "started_at": "2021-06-18T10:00:00Z",
        "closed_at": None,
        "goal_met": None,
        "people": [
            {"login": "ada", "percent": 50, "days_off": 2},
            {"login": "lev", "percent": 100, "days_off": 0},
        ],
        "notes": [],
        "report": None,
    },
    {
        "number": 2,
        "goal": "",
        "starts_on": "2021-07-19",
        "ends_on": "2021-08-15",
        "state": "planned",
        "started_at": None,
        "closed_at": None,
        "goal_met": None,
        "people": [],
        "notes": [],
        "report": None,
    },
]

SPRINT_SET = {
    "from": 0,
    "to": 1,
    "from_state": "closed",
    "to_state": "planned",
    "reason": "Не успели: «зал»",
    "carried": True,
}

RECURRENCES = [
    {
        "key": "r2",
        "is_on": True,
        "since": "2021-06-01",
        "title": "Школа лидеров: «встречи»",
        "description": "Раз в месяц\n\n- тема\n",
        "kind": "event",
        "board": "b1",
        "column": "c3",
        "stage": "s1",
        "plan_number": "1.2",
        "weight": 2,
        "assignees": ["ada", "lev"],
        "labels": ["срочно"],
        "expected_result": "Отчёт",
        "responsible": "методист",
        "checklist": ["Заказать зал", "Разослать «приглашения»"],
        "rule": "weekly",
        "month_from": 10,
        "month_to": 2,
        "day": None,
        "weekdays": [1, 5],
        "times": None,
        "starts_on": "2021-06-01",
        "until": "2024-05-31",
        "days_ahead": 7,
        "participants": "руководители школ",
        "document": "протокол",
        "submitted_to": "методический совет",
        "created_by": "lev",
        "occurrences": [
            {
                "key": "day:2021-10-01",
                "starts_on": "2021-10-01",
                "ends_on": "2021-10-01",
                "due_on": "2021-10-01",
                "outcome": "made",
                "task": 2,
                "at": "2021-06-18T09:00:00.500000Z",
                "reason": "",
                "facts": {},
                "left": ["ada"],
            },
            {
                "key": "day:2021-10-04",
                "starts_on": "2021-10-04",
                "ends_on": "2021-10-04",
                "due_on": "2021-10-04",
                "outcome": "skipped",
                "task": None,
                "at": "2021-06-18T09:00:00Z",
                "reason": "wip_limit_reached",
                "facts": {"column": "В работе", "limit": "5"},
                "left": [],
            },
        ],
    },
    {
        "key": "r1",
        "is_on": False,
        "since": "2021-06-01",
        "title": "Мониторинг",
        "description": "",
        "kind": "diagnostics",
        "board": "b1",
        "column": None,
        "stage": None,
        "plan_number": "",
        "weight": 0,
        "assignees": [],
        "labels": [],
        "expected_result": "",
        "responsible": "",
        "checklist": [],
        "rule": "times_per_half",
        "month_from": None,
        "month_to": None,
        "day": None,
        "weekdays": [],
        "times": 2,
        "starts_on": "2021-09-01",
        "until": None,
        "days_ahead": 0,
        "participants": "",
        "document": "",
        "submitted_to": "",
        "created_by": "ada",
        "occurrences": [],
    },
]

PLANNED_TASK: dict[str, Any] = {
    "number": 3,
    "title": "Установочный семинар",
    "kind": "event",
    "board": "b1",
    "column": None,
    "stage": "s1",
    "period": PERIOD,
    "due_on": "2021-10-31",
    "weight": 2,
    "labels": ["срочно"],
    "description": "**Жирно**\n\n- раз\n",
    "plan_number": "1.1",
    "expected_result": "Протокол",
    "responsible": "методист: «да»",
    "checklist": ["Заказать зал", "Разослать «приглашения»"],
    "waits_for": [],
}

PROJECT_TEMPLATE: dict[str, Any] = {
    "name": "Сетевой: проект",
    "source": "ШШ",
    "saved_by": "lev",
    "saved_at": "2021-06-18T12:00:00.000001Z",
    "content": {
        "version": 1,
        "academic_year": 2021,
        "passport": {
            **dict.fromkeys(("unique_idea", "goal"), ""),
            "objectives": ["раз", "два: три"],
            **dict.fromkeys(("relevance", "concept", "advantage"), ""),
            "toolkit": [],
            "target_audience": "",
            **{name: [] for name in ("participants", "funding", "expected_results")},
            **{name: [] for name in ("indicators", "risks", "acts", "national_directions")},
            **{name: [] for name in ("products", "dissemination")},
        },
        "stages": [{"key": "s1", "name": "Подготовительный", "period": PERIOD}],
        "labels": [{"name": "срочно", "colour": "red"}],
        "own_fields": [
            {"key": "f2", "name": "Формат", "kind": "choice", "choices": ["очно", "нет"]},
        ],
        "boards": [
            {
                "key": "b1",
                "name": "Доска",
                "columns": deepcopy(COLUMNS),
                "move_rules": deepcopy(RULES["move_rules"]),
                "wip_rules": [{"by": "stage", "of": "s1", "limit": 3, "kind": "soft"}],
                "automation_rules": deepcopy(RULES["automation_rules"][1:]),
            }
        ],
        "tasks": [
            PLANNED_TASK,
            {
                **deepcopy(PLANNED_TASK),
                "number": 1,
                "column": "c3",
                "period": None,
                "waits_for": [3],
            },
        ],
        "weight_unit": "hours",
        "sprint_policy": "free",
        "sprint_count": 1,
        "sprints": [
            {"number": 0, "starts_on": "2021-06-14", "ends_on": "2021-06-20"},
            {"number": 1, "starts_on": "2021-06-21", "ends_on": "2021-07-18"},
        ],
        "recurrences": [
            {
                name: deepcopy(value)
                for name, value in RECURRENCES[0].items()
                if name not in {"since", "assignees", "created_by", "occurrences"}
            }
        ],
    },
}

_GOOD: dict[str, Any] = {
    "format": "pmo-portfolio",
    "version": 1,
    "people": [
        {"login": "ada", "name": "Ада", "position": "", "role": "administrator"},
        {"login": "lev", "name": "Лев", "position": "методист", "role": "project_lead"},
    ],
    "programmes": [
        {
            "key": "growth",
            "name": "Рост: к 2024 году",
            "description": "",
            "period": PERIOD,
            "strategic_projects": [
                {"key": "people", "name": "Люди", "description": "x"},
                {"key": "office", "name": "Офис", "description": ""},
            ],
        }
    ],
    "projects": [
        {
            "code": "ШШ",
            "name": "«Школа – Школе»",
            "short_name": "Школа – Школе",
            "strategic_project": "people",
            "gate": "accepted",
            "weight": 1,
            "lead": "lev",
            "proposed_by": "lev",
            "proposed_at": "2021-06-01T09:00:00Z",
            "passport": {
                "unique_idea": "Сети",
                "goal": "Вместе",
                "objectives": ["раз", "два: три"],
                "relevance": "",
                "concept": "",
                "advantage": "",
                "toolkit": [],
                "target_audience": "",
                "participants": [],
                "leads": [],
                "funding": [],
                "expected_results": [],
                "indicators": [],
                "risks": ["# не комментарий"],
                "acts": [],
                "national_directions": [],
                "products": [],
                "dissemination": [],
            },
            "stages": [
                {"key": "s2", "name": "Основной", "period": None},
                {"key": "s1", "name": "Подготовительный", "period": PERIOD},
            ],
            "members": [{"login": "ada", "role": "observer"}, {"login": "lev", "role": "lead"}],
            "labels": [{"name": "срочно", "colour": "red"}],
            "own_fields": [
                {"key": "f2", "name": "Формат", "kind": "choice", "choices": ["очно", "нет"]},
                {"key": "f1", "name": "Смета", "kind": "number", "choices": []},
                {"key": "f4", "name": "Сдать", "kind": "date", "choices": []},
                {"key": "f5", "name": "Место", "kind": "text", "choices": []},
            ],
            "filters": [
                {
                    "name": "Горит",
                    "owner": "lev",
                    "is_shared": True,
                    "search": "зал «А»",
                    "stages": ["s1"],
                    "without_stage": True,
                    "labels": ["срочно"],
                    "without_label": False,
                    "people": ["ada"],
                    "without_person": True,
                    "kinds": ["event"],
                    "is_done": False,
                    "is_blocked": True,
                    "is_waiting": None,
                    "is_overdue": None,
                    "own": ["f1:зал"],
                    "sprint": "active",
                    "mine": True,
                    "unmoved_days": 7,
                },
            ],
            "sprint_policy": "rolling",
            "sprint_count": 3,
            "weight_unit": "hours",
            "sprints": SPRINTS,
            "gate_decisions": [
                {
                    "from": "initiative",
                    "to": "under_review",
                    "reason": "Пора",
                    "decided_by": "ada",
                    "decided_at": "2021-06-02T09:00:00.000001Z",
                },
                {
                    "from": "under_review",
                    "to": "accepted",
                    "reason": "Да",
                    "decided_by": "ada",
                    "decided_at": "2021-06-03T09:00:00Z",
                },
            ],
            "boards": [{"key": "b1", "name": "Доска", "columns": COLUMNS, **RULES}],
            "tasks": [
                task(2),
                task(1, period=None, due_on=None, stage=None, assignees=[], labels=[], own={}),
                task(
                    5,
                    column="c3",
                    blocked_reason="Нет зала",
                    comments=COMMENTS,
                    checklist=CHECKLIST,
                    evidence=EVIDENCE,
                    waits_for=[1, 2],
                    watchers=["ada", "lev"],
                    attachments=ATTACHMENTS,
                    sprint=1,
                ),
                task(3, column="c3", archived_at="2021-06-18T09:00:00Z", successor="ШШ-5"),
            ],
            "recurrences": deepcopy(RECURRENCES),
        }
    ],
    "board_templates": [
        {
            "name": "Мероприятие",
            "columns": deepcopy(COLUMNS),
            "labels": [{"name": "срочно", "colour": "red"}],
            "move_rules": deepcopy(RULES["move_rules"]),
            "wip_rules": [{"by": "person", "of": None, "limit": 5, "kind": "soft"}],
            "automation_rules": [
                automation("Второе", "due", "label", days=0, label="срочно"),
                automation("Третье", "blocked", "move", target="c1", is_on=False),
            ],
        }
    ],
    "calendar_days": [
        {"day": "2021-09-01", "kind": "day_off", "note": "День знаний"},
        {"day": "2021-09-04", "kind": "working", "note": ""},
    ],
    "calendar_years": [2019, 2027],
    "project_templates": [PROJECT_TEMPLATE],
    "journal": [
        event("project.proposed", "2021-06-01T09:00:00Z", code="ШШ", name="«Школа – Школе»"),
        event("column.added", "2021-06-04T09:00:00Z", board="b1", column="c7", name="Лишняя"),
        event("task.created", "2021-06-15T09:00:00Z", 1, **CREATED),
        event("task.created", "2021-06-15T09:00:00Z", 2, **CREATED),
        event("task.created", "2021-06-15T09:00:00Z", 5, **CREATED),
        event(
            "task.edited",
            "2021-06-16T09:00:00.123456Z",
            5,
            version=2,
            changes={"weight": [1, 3], "stage": [None, "s1"], "own.f1": ["", "-12.5"]},
        ),
        event("task.moved", "2021-06-17T09:00:00Z", 5, **MOVED),
        event("task.created", "2021-06-17T09:00:00Z", 3, **CREATED),
        event("task.moved", "2021-06-17T10:00:00Z", 3, **MOVED),
        event("task.moved", "2021-06-17T10:00:00Z", 1, **MOVED, act=9),
        event("task.moved", "2021-06-17T11:00:00Z", 1, **BACK, undoes=10),
        event("task.archived", "2021-06-18T09:00:00Z", 3, **PUT_AWAY),
        event("comment.added", "2021-06-17T09:00:00Z", 5, comment=1),
        event(
            "comment.edited",
            "2021-06-17T10:00:00.000001Z",
            5,
            comment=1,
            changes={"text": ["Где зал?", "Где зал, @ada?\n\n- тот\n- этот\n"]},
        ),
        event("comment.removed", "2021-06-17T12:00:00Z", 5, comment=3, author="ada"),
        event("task.checklist_added", "2021-06-17T10:00:00Z", 5, item="Заказать зал"),
        event("task.dependency_added", "2021-06-17T11:00:00Z", 5, blocker=2),
        event("task.watched", "2021-06-17T12:00:00Z", 5),
        event("project.own_field_removed", "2021-06-18T10:00:00Z", field="f7", name="Лишнее"),
        event("attachment.added", "2021-06-17T13:00:00Z", 5, name="Программа семинара.txt"),
        event("attachment.removed", "2021-06-17T13:30:00Z", 5, name="не та.txt"),
        event("task.sprint_set", "2021-06-18T09:00:00Z", 5, **SPRINT_SET),
        event(
            "sprint.started",
            "2021-06-18T10:00:00Z",
            sprint=1,
            committed=[{"task": 5, "weight": 3}],
        ),
        {
            "at": "2021-06-19T09:00:00Z",
            "actor": "ada",
            "kind": "calendar.day_set",
            "project": None,
            "task": None,
            "data": {"day": "2021-09-04", "kind": "working", "note": "", "was": None},
            "act": None,
            "undoes": None,
        },
    ],
}


def good() -> dict[str, Any]:
    """Return a fresh copy of the good portfolio, canonical in every order."""
    return deepcopy(_GOOD)


def junk() -> st.SearchStrategy[Any]:
    """Return values of every wrong type."""
    return JUNK


def spoil(content: Any, path: list[Any], value: Any) -> None:
    """Set one value, if the way to it is still there."""
    holder = content
    for step in path[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return
    key = path[-1]
    is_item = isinstance(holder, list) and isinstance(key, int) and key < len(holder)
    if is_item or (isinstance(holder, dict) and isinstance(key, str)):
        holder[key] = value


def steps(path: str) -> list[Any]:
    parts = path.replace("[", ".#").replace("]", "").split(".")
    return [int(part[1:]) if part.startswith("#") else part for part in parts]


def _paths(value: Any, path: list[Any]) -> list[list[Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, inner in items:
        found.append([*path, key])
        if isinstance(inner, dict | list):
            found += _paths(inner, [*path, key])
    return found


PATHS = _paths(good(), [])


JUNK = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.just("2021-06-15T09:00:00Z")
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
