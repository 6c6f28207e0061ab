"""What a new board starts with: the usual columns, or one of the templates built in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pmo.domain.vocabulary import (
    AutomationAction,
    AutomationTrigger,
    ColumnMeaning,
    MemberRole,
    WipBy,
    WipKind,
)

Content = dict[str, Any]
"""What a template holds, as a portfolio file writes it."""


MOST_COLUMNS = 20
"""Of one board; static/css/folds.css folds so many."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column as it is asked for."""

    name: str
    meaning: ColumnMeaning
    wip_limit: int | None = None
    wip_kind: WipKind = WipKind.NONE
    definition_of_done: str = ""
    amber_days: int | None = None
    red_days: int | None = None


QUEUE, ACTIVE = ColumnMeaning.QUEUE, ColumnMeaning.IN_PROGRESS
WAITING, DONE = ColumnMeaning.WAITING, ColumnMeaning.DONE

# All names and texts here are content that an office edits, in the language of its documents,
# not text of the interface.
DEFAULT_COLUMNS = (
    ColumnPlan("Бэклог", QUEUE),
    ColumnPlan("К выполнению", QUEUE),
    ColumnPlan("В работе", ACTIVE, 5, WipKind.SOFT),
    ColumnPlan("На согласовании", WAITING),
    ColumnPlan("Готово", DONE),
)


def template(
    name: str, columns: Sequence[ColumnPlan], *automation: Content, each_person: int | None = None
) -> Content:
    """Return a template whose last column means done, and is filled by the lead alone.

    each_person: how many cards in progress one person has before the board warns.
    """
    keyed = [{"key": f"c{place}", **asdict(plan)} for place, plan in enumerate(columns, start=1)]
    limit = {"by": WipBy.PERSON, "of": None, "limit": each_person, "kind": WipKind.SOFT}
    return {
        "name": name,
        "columns": keyed,
        "labels": [],
        "move_rules": [{"from": None, "to": keyed[-1]["key"], "least_role": MemberRole.LEAD}],
        "wip_rules": [limit] if each_person else [],
        "automation_rules": list(automation),
    }


def tell(
    name: str,
    trigger: AutomationTrigger,
    text: str,
    *,
    column: str | None = None,
    days: int | None = None,
) -> Content:
    """Return a rule that tells the people of a card and the lead."""
    occasion = {"trigger": trigger, "column": column, "days": days}
    act = {"action": AutomationAction.NOTIFY, "text": text}
    none = dict.fromkeys(("target", "user", "label"))
    return {"name": name, "is_on": True, **occasion, **act, **none}


BUILT_IN = {
    "project": template(
        "Методический проект",
        (
            ColumnPlan("Бэклог", QUEUE),
            ColumnPlan("К выполнению", QUEUE),
            ColumnPlan("В работе", ACTIVE, 8, WipKind.SOFT, amber_days=14, red_days=30),
            ColumnPlan("На проверке", WAITING, amber_days=5, red_days=10),
            ColumnPlan(
                "Принято",
                DONE,
                definition_of_done="Ожидаемый результат получен\nПодтверждение приложено",
            ),
        ),
        tell(
            "Чек-лист выполнен",
            AutomationTrigger.CHECKLIST_DONE,
            "Чек-лист выполнен: можно передать на проверку",
        ),
        tell("Нужна проверка", AutomationTrigger.MOVED, "Карточка ждёт проверки", column="c4"),
        tell(
            "Две недели без движения",
            AutomationTrigger.IDLE,
            "Карточка стоит две недели: что мешает?",
            column="c3",
            days=14,
        ),
        each_person=3,
    ),
    "initiative": template(
        "Проектная инициатива",
        (
            ColumnPlan("Идеи", QUEUE),
            ColumnPlan("Проработка", ACTIVE, 5, WipKind.SOFT, amber_days=14, red_days=30),
            ColumnPlan("Экспертиза", WAITING, amber_days=7, red_days=14),
            ColumnPlan("Доработка", ACTIVE, 3, WipKind.SOFT, amber_days=7, red_days=14),
            ColumnPlan(
                "Принято",
                DONE,
                definition_of_done="Решение записано\nИзвестно, кто отвечает за продолжение",
            ),
        ),
        tell(
            "Пора на экспертизу", AutomationTrigger.MOVED, "Инициатива ждёт экспертизы", column="c3"
        ),
        tell(
            "Есть замечания",
            AutomationTrigger.MOVED,
            "Инициатива вернулась на доработку",
            column="c4",
        ),
        tell(
            "Экспертиза затянулась",
            AutomationTrigger.IDLE,
            "Инициатива две недели на экспертизе",
            column="c3",
            days=14,
        ),
    ),
    "mentoring": template(
        "Наставническая пара",
        (
            ColumnPlan("Запросы", QUEUE),
            ColumnPlan("Запланировано", QUEUE),
            ColumnPlan("Встречи и посещения", ACTIVE, 2, WipKind.SOFT),
            ColumnPlan("Обсуждение", WAITING, amber_days=1, red_days=2),
            ColumnPlan(
                "Итог подведён",
                DONE,
                definition_of_done="Обсуждение прошло в течение 48 часов\n"
                "Вывод и следующий шаг записаны",
            ),
        ),
        tell(
            "Обсудить за 48 часов",
            AutomationTrigger.MOVED,
            "Обсудите посещение в течение 48 часов",
            column="c4",
        ),
        tell(
            "До встречи три дня",
            AutomationTrigger.DUE,
            "Встреча через три дня: всё готово?",
            days=3,
        ),
    ),
    "event": template(
        "Мероприятие",
        (
            ColumnPlan("План", QUEUE),
            ColumnPlan("Подготовка", ACTIVE, 5, WipKind.SOFT, amber_days=14, red_days=21),
            ColumnPlan("Согласование", WAITING, amber_days=3, red_days=7),
            ColumnPlan("Проведение", ACTIVE),
            ColumnPlan("Итоги и отчёт", ACTIVE, amber_days=7, red_days=14),
            ColumnPlan(
                "Завершено",
                DONE,
                definition_of_done="Список участников и материалы приложены\n"
                "Обратная связь собрана\nОтчёт сдан",
            ),
        ),
        tell("Осталась неделя", AutomationTrigger.DUE, "До срока неделя: успеваем?", days=7),
        tell(
            "Подведите итоги",
            AutomationTrigger.MOVED,
            "Соберите обратную связь и материалы",
            column="c5",
        ),
        tell(
            "Подготовка встала", AutomationTrigger.BLOCKED, "Карточка заблокирована: нужна помощь"
        ),
        each_person=4,
    ),
}
"""By their keys, in the order that they are offered in."""
