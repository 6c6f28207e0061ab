"""The rules of a board in a portfolio file."""

from pmo.domain.vocabulary import MemberRole, WipBy, WipKind
from schemas import portfolio_fields as f
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
