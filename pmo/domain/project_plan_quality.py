"""The cycle of managing the quality of education: eight steps, for eight directions.

Content that an office edits, in the language of its documents, not text of the interface.
"""

from pmo.domain.board_templates import ColumnPlan, tell, template
from pmo.domain.project_plan_parts import BuiltIn, Card, board, content
from pmo.domain.vocabulary import (
    AutomationTrigger,
    ColumnMeaning,
    LabelColour,
    TaskKind,
    WipKind,
)

QUEUE, ACTIVE = ColumnMeaning.QUEUE, ColumnMeaning.IN_PROGRESS
WAITING, DONE = ColumnMeaning.WAITING, ColumnMeaning.DONE

RESULTS, ACTIVITY = "образовательные результаты", "образовательная деятельность"

STEPS = (
    "Цели обоснованы и утверждены",
    "Показатели и критерии утверждены",
    "Методы сбора и обработки информации описаны",
    "Мониторинг проведён, данные собраны",
    "Анализ результатов размещён",
    "Адресные рекомендации направлены",
    "Меры и управленческие решения приняты, сроки и ответственные названы",
    "Эффективность мер проанализирована, цели на следующий цикл уточнены",
)

BOARD = template(
    "Управленческий цикл",
    (
        ColumnPlan("Цели", QUEUE),
        ColumnPlan("Показатели", ACTIVE),
        ColumnPlan("Методы сбора", ACTIVE),
        ColumnPlan("Мониторинг", ACTIVE, amber_days=45, red_days=75),
        ColumnPlan("Анализ", ACTIVE, 4, WipKind.SOFT, amber_days=30, red_days=45),
        ColumnPlan("Адресные рекомендации", ACTIVE, amber_days=14, red_days=30),
        ColumnPlan("Меры и решения", WAITING, amber_days=60, red_days=90),
        ColumnPlan("Анализ эффективности мер", ACTIVE, amber_days=30, red_days=60),
        ColumnPlan(
            "Цикл завершён",
            DONE,
            definition_of_done="Все восемь шагов подтверждены документами\n"
            "Ссылки на документы приложены",
        ),
    ),
    tell(
        "Проверить связь",
        AutomationTrigger.MOVED,
        "К какой рекомендации относится мера? Укажите её в карточке",
        column="c7",
    ),
)


def _direction(name: str, kind: str) -> Card:
    return Card(
        name,
        "сентябрь 2025 – июнь 2026",
        "Полный управленческий цикл подтверждён документами",
        checklist=STEPS,
        labels=(kind,),
        weight=5,
        responsible="Методист, ответственный за направление",
    )


DIRECTIONS = tuple(
    _direction(name, kind)
    for kind, names in (
        (
            RESULTS,
            (
                "Система оценки качества подготовки обучающихся",
                "Работа со школами с низкими образовательными результатами",
                "Выявление, поддержка и развитие способностей и талантов",
                "Самоопределение и профессиональная ориентация обучающихся",
            ),
        ),
        (
            ACTIVITY,
            (
                "Мониторинг эффективности руководителей организаций",
                "Обеспечение профессионального развития педагогов",
                "Организация воспитания обучающихся",
                "Мониторинг качества дошкольного образования",
            ),
        ),
    )
    for name in names
)

ORDER = "Приказ о проведении мониторинга"
DATA = "Сбор и проверка данных организаций"
REPORT = "Сводная аналитическая справка"
ADVICE = "Сборник адресных рекомендаций"
MEASURES = "Приказ о мерах и управленческих решениях"
EFFECT = "Справка об эффективности принятых мер"

QUALITY = BuiltIn(
    "Управление качеством образования: цикл года",
    lambda: content(
        {
            ("Цели, показатели и методы", "сентябрь – октябрь 2025"): (
                *DIRECTIONS,
                Card(
                    ORDER,
                    "октябрь 2025",
                    "Приказ со сроками, показателями и ответственными",
                    checklist=("Показатели согласованы", "Формы сбора приложены"),
                    kind=TaskKind.DOCUMENT,
                ),
            ),
            ("Мониторинг", "ноябрь 2025 – январь 2026"): (
                Card(
                    DATA,
                    "ноябрь 2025 – январь 2026",
                    "Проверенные данные по всем показателям",
                    waits_for=(ORDER,),
                    checklist=("Данные получены от всех", "Выбросы уточнены"),
                    kind=TaskKind.DIAGNOSTICS,
                    weight=3,
                ),
            ),
            ("Анализ и рекомендации", "февраль – март 2026"): (
                Card(
                    REPORT,
                    "февраль 2026",
                    "Справка: динамика, кластеры, причины",
                    waits_for=(DATA,),
                    kind=TaskKind.DOCUMENT,
                    weight=3,
                ),
                Card(
                    ADVICE,
                    "март 2026",
                    "Рекомендации для каждой группы адресатов",
                    waits_for=(REPORT,),
                    checklist=("Руководителям", "Педагогам", "Методическим объединениям"),
                    kind=TaskKind.DOCUMENT,
                    weight=2,
                ),
            ),
            ("Меры и решения", "апрель – май 2026"): (
                Card(
                    MEASURES,
                    "апрель 2026",
                    "Меры по каждой рекомендации: срок, ответственный, ожидаемый эффект",
                    waits_for=(ADVICE,),
                    kind=TaskKind.DOCUMENT,
                    weight=2,
                ),
            ),
            ("Анализ эффективности", "май – июнь 2026"): (
                Card(
                    EFFECT,
                    "июнь 2026",
                    "Сравнение показателей до и после мер, выводы для следующего цикла",
                    waits_for=(MEASURES,),
                    kind=TaskKind.DOCUMENT,
                    weight=2,
                ),
            ),
        },
        boards=(board("b1", "Управленческий цикл", BOARD),),
        labels={RESULTS: LabelColour.BLUE, ACTIVITY: LabelColour.TEAL},
        passport={
            "goal": "Замкнуть управленческий цикл по каждому направлению: от цели до анализа "
            "эффективности принятых мер.",
            "expected_results": [
                "По каждому направлению есть цель, показатели, анализ, рекомендации и меры",
                "Эффективность мер подтверждена динамикой показателей",
            ],
            "risks": ["Рекомендации не превращаются в меры", "Данные собраны не по всем школам"],
            "target_audience": "Руководители и методисты муниципальной системы образования",
        },
    ),
)
