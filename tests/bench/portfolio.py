"""A portfolio of a large office, as a portfolio file: 52 projects, 11,200 tasks."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

SIZES = (200, 1000, *([200] * 50))
"""Tasks per project: one board of 200 cards, one of 1,000, and fifty others."""

WORDS = [
    "Семинар",
    "Круглый",
    "стол",
    "Мастер-класс",
    "Диагностика",
    "Консультация",
    "Мониторинг",
    "Конкурс",
    "Стажировка",
    "Совещание",
    "Отчёт",
    "наставников",
    "школ",
    "педагогов",
    "руководителей",
    "района",
    "качества",
    "результатов",
    "сообществ",
    "практик",
    "компетенций",
    "проекта",
]
COLUMNS = (
    ("Бэклог", "queue"),
    ("К выполнению", "queue"),
    ("В работе", "in_progress"),
    ("На согласовании", "waiting"),
    ("Готово", "done"),
)
LABELS = (("ГИА", "red"), ("ШНОР", "amber"), ("Наставники", "green"), ("Отчёт", "blue"))
PASSPORT_TEXTS = ("unique_idea", "goal", "relevance", "concept", "advantage", "target_audience")
PASSPORT_LISTS = [
    "objectives",
    "toolkit",
    "participants",
    "leads",
    "funding",
    "expected_results",
    "indicators",
    "risks",
    "acts",
    "national_directions",
    "products",
    "dissemination",
]
PASSPORT_ORDER = [
    "unique_idea",
    "goal",
    "objectives",
    "relevance",
    "concept",
    "advantage",
    "toolkit",
    "target_audience",
    "participants",
    "leads",
    "funding",
    "expected_results",
    "indicators",
    "risks",
    "acts",
    "national_directions",
    "products",
    "dissemination",
]


def as_json(*, today: date, login: str) -> bytes:
    """Return the portfolio file; `login` leads and works in every project."""
    rng = random.Random(52)  # noqa: S311 — the same portfolio in every run
    moment = datetime(today.year, 1, 10, 8, tzinfo=UTC).isoformat().replace("+00:00", "Z")
    people = [{"login": login, "name": "Ведущий проекта", "position": "", "role": "project_lead"}]
    people += [
        {"login": f"m{n:02}", "name": f"Методист {n}", "position": "методист", "role": "methodist"}
        for n in range(1, 21)
    ]
    projects = [
        _project(index, size, rng, today, moment, login) for index, size in enumerate(SIZES)
    ]
    programme = {
        "key": "programme",
        "name": "Программа развития",
        "description": "",
        "period": None,
        "strategic_projects": [{"key": "strategy", "name": "Стратегия", "description": ""}],
    }
    file = {
        "format": "pmo-portfolio",
        "version": 1,
        "people": sorted(people, key=lambda person: person["login"]),
        "programmes": [programme],
        "projects": projects,
        "journal": [],
    }
    return json.dumps(file, ensure_ascii=False).encode()


def _project(
    index: int, size: int, rng: random.Random, today: date, moment: str, login: str
) -> dict[str, Any]:
    members = [login, *(f"m{rng.randrange(1, 21):02}" for _ in range(5))]
    unique = sorted(set(members))
    passport: dict[str, Any] = dict.fromkeys(PASSPORT_TEXTS, "Текст паспорта.")
    passport |= {name: ["Строка паспорта"] for name in PASSPORT_LISTS}
    return {
        "code": f"П{index:02}",
        "name": f"Проект {index}: {_title(rng)}",
        "short_name": f"Проект {index}",
        "strategic_project": "strategy",
        "gate": "initiative",
        "weight": 1,
        "lead": login,
        "proposed_by": login,
        "proposed_at": moment,
        "passport": {name: passport[name] for name in PASSPORT_ORDER},
        "stages": [{"key": "s1", "name": "основной", "period": None}],
        "members": [{"login": one, "role": "lead" if one == login else "member"} for one in unique],
        "labels": [{"name": name, "colour": colour} for name, colour in LABELS],
        "gate_decisions": [],
        "boards": [{"key": "b1", "name": "Доска проекта", "columns": _columns()}],
        "tasks": _tasks(size, rng, today, moment, unique, login),
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {
            "key": f"c{place}",
            "name": name,
            "meaning": meaning,
            "wip_limit": None,
            "wip_kind": "none",
            "definition_of_done": "",
        }
        for place, (name, meaning) in enumerate(COLUMNS, start=1)
    ]


def _tasks(
    size: int, rng: random.Random, today: date, moment: str, people: list[str], login: str
) -> list[dict[str, Any]]:
    """Give the lead one or two tasks in each project: “my work” has some 70 of them."""
    tasks = []
    for number in range(1, size + 1):
        due = today + timedelta(days=rng.randrange(-120, 200))
        someone = rng.choice([one for one in people if one != login] or people)
        tasks.append(
            {
                "number": number,
                "title": _title(rng),
                "kind": "event",
                "board": "b1",
                "column": f"c{rng.randrange(1, 6)}",
                "stage": "s1",
                "plan_number": "",
                "period": None,
                "due_on": due.isoformat(),
                "weight": rng.randrange(1, 9),
                "assignees": [login if number % 130 == 0 else someone],
                "labels": sorted(name for name, _ in rng.sample(LABELS, 2)),
                "description": "",
                "expected_result": "",
                "responsible": "",
                "blocked_reason": None,
                "created_by": login,
                "created_at": moment,
            }
        )
    return sorted(tasks, key=lambda task: (task["column"], task["number"]))


def _title(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=6)).capitalize()
