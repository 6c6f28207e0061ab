"""The JSON Schema of a period, as `domain.periods.from_dict` reads it."""

from typing import Any

from pmo.domain import periods
from pmo.domain.period_terms import Precision, Recurrence

_OPEN_DAY = {"type": ["string", "null"], "format": "date"}
_SPAN = {"type": "array", "prefixItems": [_OPEN_DAY] * 2, "minItems": 2, "maxItems": 2}

PERIOD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A period as people write it, and what it means.",
    "properties": {
        "text": {
            "description": "Exactly as written.",
            "type": "string",
            "maxLength": periods.LONGEST_TEXT,
        },
        "spans": {
            "description": "Days that it means, [first, last], both included; null is open.",
            "type": "array",
            "items": _SPAN,
        },
        "precision": {
            "description": "The coarsest of what the text names.",
            "enum": [member.value for member in Precision],
        },
        "recurrence": {
            "description": "How often it comes round.",
            "enum": [member.value for member in Recurrence],
        },
        "times": {
            "description": "Times in each round, at least; 0 if not said.",
            "type": "integer",
            "minimum": 0,
        },
        "deadline": {"description": "Written as “by …”: no start.", "type": "boolean"},
        "inferred": {
            "description": "A year or a span came from the context, not from the text.",
            "type": "boolean",
        },
        "understood": {
            "description": "False keeps the text only: no spans, nothing guessed.",
            "type": "boolean",
        },
    },
    "required": ["text"],
    "additionalProperties": False,
}
