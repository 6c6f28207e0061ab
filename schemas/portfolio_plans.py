"""What a project plans, in a portfolio file: passport, stages, own fields."""

from pmo.domain import own_fields
from pmo.domain.vocabulary import OwnFieldKind
from schemas import portfolio_fields as f
from schemas.portfolio_names import LINE, MOST_LINES, TEXT, OwnKey
from schemas.portfolio_part import Part


def _lines(about: str) -> f.ListOf:
    line = f.Text("One line, Markdown.", most=LINE)
    return f.ListOf(line, about, most=MOST_LINES)


def _prose(about: str) -> f.Text:
    return f.Text(about, most=TEXT, load_default="")


class PassportSchema(Part):
    unique_idea = _prose("Unique idea.")
    goal = _prose("Goal.")
    objectives = _lines("Objectives.")
    relevance = _prose("Relevance.")
    concept = _prose("Concept.")
    advantage = _prose("Advantage over similar projects.")
    toolkit = _lines("Personalisation toolkit.")
    target_audience = _prose("Target audience.")
    participants = _lines("Participants.")
    leads = _lines("Leads of the working group.")
    funding = _lines("Sources of funding.")
    expected_results = _lines("Expected results.")
    indicators = _lines("Indicators.")
    risks = _lines("Risks.")
    acts = _lines("Normative basis.")
    national_directions = _lines("Links to directions of national projects.")
    products = _lines("Products.")
    dissemination = _lines("Dissemination.")


class StageSchema(Part):
    key = f.Key("Names it within the project: s1, s2 …", most=16, least=1)
    name = f.Line("Name.", most=200, least=1)
    period = f.PeriodField("When it runs; null if not said.")


class OwnFieldSchema(Part):
    key = OwnKey("Names it within the project, never used again: f1, f2 …", most=16)
    name = f.Line("Name.", most=60, least=1)
    kind = f.OneOf("What it holds.", OwnFieldKind)
    choices = f.ListOf(
        f.Line("Something to choose.", most=own_fields.CHOICE_LENGTH, least=1),
        "What a choice can be, in order; for the other kinds nothing.",
        most=own_fields.MOST_CHOICES,
    )
