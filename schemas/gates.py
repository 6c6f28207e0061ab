"""The gate process: passing a gate, and the gates that were passed."""

from pmo.domain.vocabulary import Gate
from schemas import fields as f
from schemas.base import Schema

REASON_LENGTH = 2_000


class GatePassageSchema(Schema):
    """A gate to pass. `expected_gate` is where the project stood when that was decided."""

    to = f.Enum(Gate, required=True, description="The gate to take it to.", example="under_review")
    expected_gate = f.Enum(
        Gate,
        required=True,
        description="The gate it stands at, as you saw it; 409 if it has moved since.",
        example="initiative",
    )
    reason = f.Text(
        required=True,
        min_length=1,
        max_length=REASON_LENGTH,
        description="Why, for the history.",
        example="Идея обсуждена с заявителем",
    )


class GateDecisionSchema(Schema):
    """A gate that was passed, or the proposal that began it all."""

    at = f.Moment(description="When, UTC.")
    by = f.Plain(description="Name of the person who decided.")
    from_gate = f.Enum(Gate, allow_none=True, description="From; null for the proposal itself.")
    to_gate = f.Enum(Gate, description="To.")
    reason = f.Plain(description="Why; '' for the proposal itself.")


class GateHistorySchema(Schema):
    """The gates that a project has passed."""

    items = f.List(
        f.Nested(GateDecisionSchema, description="One passage."), description="Newest first."
    )


class GatePassageForm(GatePassageSchema):
    """The form that passes a gate. next: where to go afterwards."""

    next = f.String(max_length=2_000, load_default="", description="A path of this site.")
