"""JSON as portfolio files use it, with the same limits as YAML."""

import json
from typing import Any

from pmo.documents import limits


def _(message: str) -> str:
    return message


def read(text: str) -> Any:
    """Return the value of a JSON text; raises FileRefused."""
    if sum(map(text.count, "[{,")) > 2 * limits.MAX_VALUES:  # before any memory is spent on them
        raise limits.refusal(limits.TOO_MANY, count=limits.MAX_VALUES)
    try:
        value = json.loads(text, object_pairs_hook=_mapping, parse_constant=_constant)
    except json.JSONDecodeError as error:
        template = _("This is not JSON: it makes no sense from line {line}, column {column}.")
        raise limits.refusal(template, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise limits.refusal(limits.TOO_DEEP, depth=limits.MAX_DEPTH) from error
    except ValueError as error:
        raise limits.refusal(_("This is not JSON: {problem}"), problem=str(error)) from error
    _measure(value)
    return value


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise limits.refusal(limits.REPEATED, key=key)
            seen.add(key)
    return mapping


def _constant(name: str) -> Any:
    raise limits.refusal(_("This is not JSON: {problem}"), problem=name)


def _measure(value: Any) -> None:
    """Refuse too deep and too many; level by level, without recursion."""
    level, count = [value], 0
    for depth in range(limits.MAX_DEPTH + 2):
        count += len(level)
        if count > limits.MAX_VALUES:
            raise limits.refusal(limits.TOO_MANY, count=limits.MAX_VALUES)
        holders = [inner for inner in level if isinstance(inner, (dict, list))]
        if holders and depth >= limits.MAX_DEPTH:
            raise limits.refusal(limits.TOO_DEEP, depth=limits.MAX_DEPTH)
        level = [
            leaf
            for holder in holders
            for leaf in (holder.values() if isinstance(holder, dict) else holder)
        ]
