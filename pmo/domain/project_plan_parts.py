"""What plans of projects that are built in are put together from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmo.domain import periods
from pmo.domain.project_templates import LATER, VERSION, Content, Part
from pmo.domain.vocabulary import LabelColour, OwnFieldKind, TaskKind

ACADEMIC_YEAR = 2025
"""The one that the plans are written for."""


@dataclass(frozen=True)
class BuiltIn:
    """A template that is built in; written when it is asked for, as its periods take a while."""

    name: str
    write: Callable[[], Content]

    @cached_property
    def content(self) -> Content:
        """Return what it holds."""
        return self.write()


@dataclass(frozen=True, slots=True)
class Card:
    """A task as the plans below tell it. waits_for: titles of tasks before it."""

    title: str
    period: str
    result: str
    checklist: Sequence[str] = ()
    waits_for: Sequence[str] = ()
    description: str = ""
    responsible: str = ""
    kind: TaskKind = TaskKind.EVENT
    weight: int = 1
    labels: Sequence[str] = ()
    board: str = "b1"


def content(
    stages: Mapping[tuple[str, str], Sequence[Card]],
    *,
    boards: Sequence[Part],
    labels: Mapping[str, LabelColour],
    own_fields: Sequence[tuple[str, OwnFieldKind, Sequence[str]]] = (),
    passport: Mapping[str, Any],
) -> Content:
    """Return the content of a template. stages: the tasks by the stage's name and period."""
    cards = [
        (f"s{place}", card)
        for place, of_stage in enumerate(stages.values(), start=1)
        for card in of_stage
    ]
    cards.sort(key=lambda it: it[1].board)
    numbers = {card.title: number for number, (_stage, card) in enumerate(cards, start=1)}
    return {
        "version": VERSION,
        "academic_year": ACADEMIC_YEAR,
        "passport": {**EMPTY_PASSPORT, **passport},
        "stages": [
            {"key": f"s{place}", "name": name, "period": period_part(period)}
            for place, (name, period) in enumerate(stages, start=1)
        ],
        "labels": [{"name": name, "colour": colour} for name, colour in sorted(labels.items())],
        "own_fields": [
            {"key": f"f{place}", "name": name, "kind": kind, "choices": list(choices)}
            for place, (name, kind, choices) in enumerate(own_fields, start=1)
        ],
        "boards": list(boards),
        "tasks": [_task(stage, card, numbers) for stage, card in cards],
        **LATER,
    }


def board(key: str, name: str, template: Content) -> Part:
    """Return a board of a template of boards, which names no labels."""
    rules = ("move_rules", "wip_rules", "automation_rules")
    return {
        "key": key,
        "name": name,
        "columns": template["columns"],
        **{kind: template[kind] for kind in rules},
    }


def period_part(text: str) -> Part:
    """Return a written period and what it means in the year of the plans."""
    return periods.to_dict(periods.parse(text, academic_year=ACADEMIC_YEAR))


def _task(stage: str, card: Card, numbers: Mapping[str, int]) -> Part:
    period = period_part(card.period)
    ends_on = periods.from_dict(period).ends_on
    return {
        "number": numbers[card.title],
        "title": card.title,
        "kind": card.kind,
        "board": card.board,
        "column": None,
        "stage": stage,
        "period": period,
        "due_on": ends_on.isoformat() if ends_on else None,
        "weight": card.weight,
        "labels": sorted(card.labels),
        "description": card.description,
        "plan_number": "",
        "expected_result": card.result,
        "responsible": card.responsible,
        "checklist": list(card.checklist),
        "waits_for": sorted(numbers[title] for title in card.waits_for),
    }


PASSPORT_TEXTS = ("unique_idea", "goal", "relevance", "concept", "advantage", "target_audience")
PASSPORT_LISTS = (
    "objectives",
    "toolkit",
    "participants",
    "funding",
    "expected_results",
    "indicators",
    "risks",
    "acts",
    "national_directions",
    "products",
    "dissemination",
)
EMPTY_PASSPORT: Part = {
    **dict.fromkeys(PASSPORT_TEXTS, ""),
    **{name: [] for name in PASSPORT_LISTS},
}
