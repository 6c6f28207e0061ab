"""The saved filters of a project in a portfolio file."""

from pmo.domain import own_fields
from pmo.domain.credentials import LOGIN_PATTERN
from pmo.domain.vocabulary import TaskKind
from schemas import portfolio_fields as f
from schemas.portfolio_part import Part
from schemas.saved_filters import NAME_LENGTH
from schemas.task_filters import MOST_CHOSEN, MOST_DAYS, SPRINT

MOST_FILTERS = 10_000


def _perhaps(about: str) -> f.YesNo:
    return f.YesNo(about, load_default=None, allow_none=True)


class SavedFilterSchema(Part):
    name = f.Line("Its name; a person uses it once in a project.", most=NAME_LENGTH, least=1)
    owner = f.matching(LOGIN_PATTERN)("Person who made it.", most=64)
    is_shared = f.YesNo("Whether everybody of the project may use it.", load_default=False)
    search = f.Line("Words that are looked for.", most=200, load_default="")
    stages = f.ListOf(f.Key("Key of a stage.", most=16, least=1), "Stages.", most=MOST_CHOSEN)
    without_stage = f.YesNo("Also tasks without a stage.", load_default=False)
    labels = f.ListOf(f.Line("Name of a label.", most=60, least=1), "Labels.", most=MOST_CHOSEN)
    without_label = f.YesNo("Also tasks without labels.", load_default=False)
    people = f.ListOf(
        f.matching(LOGIN_PATTERN)("Person.", most=64), "People who do it.", most=MOST_CHOSEN
    )
    without_person = f.YesNo("Also tasks of nobody.", load_default=False)
    kinds = f.ListOf(f.OneOf("Sort of work.", TaskKind), "Sorts of work.", most=len(TaskKind))
    is_done = _perhaps("Only done ones, or only others; null for both.")
    is_blocked = _perhaps("Only blocked ones, or only others; null for both.")
    is_waiting = _perhaps("Only those that wait for others, or only others; null for both.")
    is_overdue = _perhaps("Only overdue ones, or only others; null for both.")
    own = f.ListOf(
        f.matching(own_fields.CONDITION)("Condition.", most=own_fields.TEXT_LENGTH + 20),
        "Conditions on the project's own fields, by key: `f1:text`, `f2>=10`.",
        most=own_fields.MOST_FIELDS,
    )
    sprint = f.matching(f"({SPRINT})?")(
        "Only of a sprint: its number, `active`, or `backlog` for what none is to do; '' for all.",
        most=16,
        load_default="",
    )
    mine = f.YesNo("Only those of the reader.", load_default=False)
    unmoved_days = f.Whole(
        "Only those that have stood in their column for so many days; null for all.",
        low=1,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )
