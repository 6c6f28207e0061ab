"""The rules of a board in a portfolio file."""

from pmo.domain.vocabulary import MemberRole
from schemas import portfolio_fields as f
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
