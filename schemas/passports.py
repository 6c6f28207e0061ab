"""The passport of a project: texts and lists of lines, all Markdown."""

from typing import Any

from schemas import fields as f
from schemas.base import Schema, Versioned

MOST_LINES = 100
LINE_LENGTH = 2_000

TEXTS = {
    "unique_idea": "The unique idea.",
    "goal": "The goal.",
    "relevance": "Why it is needed now.",
    "concept": "The concept.",
    "advantage": "What is better than in similar projects.",
    "target_audience": "Whom it is for.",
}
LISTS = {
    "objectives": "Objectives.",
    "toolkit": "Tools of personalisation, such as mentoring or an internship.",
    "participants": "Participants.",
    "leads": "Leads of the working groups.",
    "funding": "Sources of funding.",
    "expected_results": "Expected results.",
    "indicators": "Indicators.",
    "risks": "Risks.",
    "acts": "Normative basis: acts.",
    "national_directions": "Directions of national projects it serves.",
    "products": "Products.",
    "dissemination": "How its experience is spread.",
}


class Lines(f.List):
    """A list of lines; a text of several lines, as a form sends it, becomes several items."""

    def __init__(self, **kwargs: Any) -> None:
        line = f.String(max_length=LINE_LENGTH, min_length=1, description="One line, Markdown.")
        super().__init__(line, most=MOST_LINES, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            value = [part for item in value for part in _parts(item)]
        found: list[Any] = super()._deserialize(value, attr, data, **kwargs)
        return found


def _parts(item: Any) -> list[Any]:
    if not isinstance(item, str):
        return [item]
    return [line for line in item.splitlines() if line.strip()]


def _text(name: str) -> f.Text:
    return f.Text(description=TEXTS[name], example="Один абзац, *Markdown*.")


def _lines(name: str) -> Lines:
    return Lines(description=LISTS[name], example=["Первое", "Второе"])


class PassportUpdateSchema(Schema):
    """Fields of a passport to set; what is left out stays as it is."""

    unique_idea = _text("unique_idea")
    goal = _text("goal")
    objectives = _lines("objectives")
    relevance = _text("relevance")
    concept = _text("concept")
    advantage = _text("advantage")
    toolkit = _lines("toolkit")
    target_audience = _text("target_audience")
    participants = _lines("participants")
    leads = _lines("leads")
    funding = _lines("funding")
    expected_results = _lines("expected_results")
    indicators = _lines("indicators")
    risks = _lines("risks")
    acts = _lines("acts")
    national_directions = _lines("national_directions")
    products = _lines("products")
    dissemination = _lines("dissemination")


class PassportForm(Versioned, PassportUpdateSchema):
    """The form that edits a passport."""


class PassportSchema(PassportUpdateSchema):
    """A passport."""

    version = f.Number(description="Counts edits of the passport; its ETag.")
