"""The rules of a board in a portfolio file."""

from pmo.domain.automation import MOST_DAYS
from pmo.domain.vocabulary import AutomationAction, AutomationTrigger, MemberRole, WipBy, WipKind
from schemas import portfolio_fields as f
from schemas.automation import MESSAGE_LENGTH, NAME_LENGTH
from schemas.boards import MOST_LIMIT
from schemas.portfolio_part import Part


class MoveRuleSchema(Part):
    class Meta(Part.Meta):
        include = {
            "from": f.Key(
                "Column that cards leave; null for any.",
                most=16,
                load_default=None,
                allow_none=True,
            ),
            "to": f.Key(
                "Column that cards enter; null for any.",
                most=16,
                load_default=None,
                allow_none=True,
            ),
        }
        fields = ("from", "to", "least_role")

    least_role = f.OneOf("Least part in the project that the move needs.", MemberRole)


class WipRuleSchema(Part):
    by = f.OneOf("Whose work in progress it limits.", WipBy)
    of = f.Line(
        "A login, a stage's key or a label's name; null for each.",
        most=64,
        load_default=None,
        allow_none=True,
    )
    limit = f.Whole("Most tasks in progress at once.", low=1, high=MOST_LIMIT)
    kind = f.OneOf("What the limit does.", WipKind)


def _name(about: str, most: int) -> f.Line:
    return f.Line(about, most=most, load_default=None, allow_none=True)


class AutomationRuleSchema(Part):
    name = f.Line("Names it within the board.", most=NAME_LENGTH, least=1)
    is_on = f.YesNo("Whether it acts.")
    trigger = f.OneOf("When it acts.", AutomationTrigger)
    column = _name("Column that a task comes into, by key; null where none is needed.", 16)
    days = f.Whole(
        "Days; null where none are needed.",
        low=0,
        high=MOST_DAYS,
        load_default=None,
        allow_none=True,
    )
    action = f.OneOf("What it does.", AutomationAction)
    target = _name("Column that a task is moved to, by key; null where none is needed.", 16)
    user = _name("Person, by login; null where none is needed.", 64)
    label = _name("Label, by name; null where none is needed.", 60)
    text = f.Text("What is said; '' where nothing is.", most=MESSAGE_LENGTH, load_default="")
