"""Lesson Study: a team teaches and watches one lesson three times, each time better.

Content that an office edits, in the language of its documents, not text of the interface.
"""

from pmo.domain.board_templates import ColumnPlan, tell, template
from pmo.domain.project_plan_parts import BuiltIn, Card, board, content
from pmo.domain.vocabulary import (
    AutomationTrigger,
    ColumnMeaning,
    LabelColour,
    OwnFieldKind,
    TaskKind,
)

QUEUE, ACTIVE = ColumnMeaning.QUEUE, ColumnMeaning.IN_PROGRESS
WAITING, DONE = ColumnMeaning.WAITING, ColumnMeaning.DONE

LESSON, DISCUSSION, INTERVIEW = "урок", "обсуждение", "опрос учащихся"

BOARD = template(
    "Исследование урока",
    (
        ColumnPlan("Запланировано", QUEUE),
        ColumnPlan("Подготовка", ACTIVE, amber_days=10, red_days=14),
        ColumnPlan("Урок и наблюдение", ACTIVE, amber_days=3, red_days=5),
        ColumnPlan("Обсуждение", WAITING, amber_days=2, red_days=3),
        ColumnPlan("Готово", DONE, definition_of_done="Вывод и следующий шаг записаны"),
    ),
    tell(
        "Обсудить сразу",
        AutomationTrigger.MOVED,
        "Обсудите урок в тот же или на следующий день",
        column="c4",
    ),
)

PUPILS = (
    "Исследуемый ученик A: ожидаемый и наблюдаемый ответ по этапам урока",
    "Исследуемый ученик B: ожидаемый и наблюдаемый ответ по этапам урока",
    "Исследуемый ученик C: ожидаемый и наблюдаемый ответ по этапам урока",
)

QUESTION = "Выбор исследовательского вопроса и приоритета обучения"
TEAM = "Состав группы и правила наблюдения"
SUMMARY = "Итоговый план урока и выводы группы"

ROUNDS = (
    ("Первый", "октябрь 2025", "ноябрь 2025"),
    ("Второй", "декабрь 2025", "январь 2026"),
    ("Третий", "февраль 2026", "март 2026"),
)


def _round(place: int) -> tuple[Card, ...]:
    ordinal, first, last = ROUNDS[place - 1]
    plan = f"План урока, версия {place}"
    lesson = f"{ordinal} исследовательский урок"
    asked = f"Опрос учащихся после урока {place}"
    talk = f"Обсуждение урока {place} и протокол"
    before = QUESTION if place == 1 else f"Обсуждение урока {place - 1} и протокол"
    return (
        Card(
            plan,
            first,
            f"План урока v{place} с критериями успеха для учеников A, B и C",
            checklist=("Цель подхода названа", "Текущие достижения учеников A, B, C описаны"),
            waits_for=(before,),
            kind=TaskKind.DOCUMENT,
            weight=2,
        ),
        Card(
            lesson,
            last,
            "Таблица наблюдения заполнена каждым наблюдателем",
            checklist=PUPILS,
            waits_for=(plan,),
            labels=(LESSON,),
            weight=3,
            description="Один учитель ведёт урок, остальные наблюдают, каждый за своим"
            " исследуемым учеником. Учеников обозначаем только кодами A, B и C.",
            responsible="Учитель, который ведёт урок; наблюдатели",
        ),
        Card(
            asked,
            last,
            "Короткие ответы учеников: что помогло, что было трудно",
            waits_for=(lesson,),
            labels=(INTERVIEW,),
            kind=TaskKind.DIAGNOSTICS,
        ),
        Card(
            talk,
            last,
            "Протокол: выводы и начальные идеи следующего урока",
            checklist=("Сначала говорит ведущий урок", "Выводы по A, B, C", "Идеи для урока"),
            waits_for=(lesson, asked),
            labels=(DISCUSSION,),
            weight=2,
        ),
    )


LESSON_STUDY = BuiltIn(
    "Исследование урока (Lesson Study): три цикла",
    lambda: content(
        {
            ("Подготовка", "сентябрь 2025"): (
                Card(
                    TEAM,
                    "сентябрь 2025",
                    "3–4 учителя: опытный, молодой, руководитель методического объединения",
                    checklist=("Договорённость о доверии и этике", "Расписание уроков согласовано"),
                ),
                Card(
                    QUESTION,
                    "сентябрь 2025",
                    "Вопрос, предмет, класс и методика, которую развивает группа",
                    waits_for=(TEAM,),
                    kind=TaskKind.DOCUMENT,
                ),
            ),
            ("Первый цикл", "октябрь – ноябрь 2025"): _round(1),
            ("Второй цикл", "декабрь 2025 – январь 2026"): _round(2),
            ("Третий цикл", "февраль – март 2026"): _round(3),
            ("Итоги и распространение", "апрель – май 2026"): (
                Card(
                    SUMMARY,
                    "апрель 2026",
                    "План урока от версии 1 к версии 3 с объяснением изменений",
                    waits_for=("Обсуждение урока 3 и протокол",),
                    kind=TaskKind.DOCUMENT,
                    weight=2,
                ),
                Card(
                    "Открытый показ коллегам",
                    "май 2026",
                    "Урок показан, материалы переданы коллегам",
                    waits_for=(SUMMARY,),
                    weight=2,
                ),
                Card(
                    "Предложения в план школы",
                    "май 2026",
                    "Выводы включены в план методической работы школы",
                    waits_for=(SUMMARY,),
                    kind=TaskKind.DOCUMENT,
                ),
            ),
        },
        boards=(board("b1", "Исследование урока", BOARD),),
        labels={
            LESSON: LabelColour.GREEN,
            INTERVIEW: LabelColour.AMBER,
            DISCUSSION: LabelColour.VIOLET,
        },
        own_fields=(
            ("Предмет и класс", OwnFieldKind.TEXT, ()),
            ("Версия плана", OwnFieldKind.CHOICE, ("v1", "v2", "v3")),
        ),
        passport={
            "goal": "Улучшить один урок за три цикла и научиться видеть, как учатся дети.",
            "expected_results": [
                "План урока прошёл путь от версии 1 до версии 3",
                "Каждый участник провёл или наблюдал три урока",
            ],
            "target_audience": "Учителя-предметники и методические объединения школ",
            "risks": ["Обсуждение превращается в оценку учителя", "Наблюдатели не встречаются"],
        },
    ),
)
