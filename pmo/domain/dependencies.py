"""Tasks that wait for others: never in a circle."""

import re
from collections.abc import Collection, Mapping


def closes_circle(waits_for: Mapping[int, Collection[int]], task: int, blocker: int) -> bool:
    """Tell whether a task would wait for itself, once it waited for this blocker too.

    waits_for: task → what it waits for at present; tasks that wait for nothing may be missing.
    """
    seen: set[int] = set()
    ahead = [blocker]
    while ahead:
        one = ahead.pop()
        if one == task:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(waits_for.get(one, ()))
    return False


def circle(waits_for: Mapping[int, Collection[int]]) -> tuple[int, ...]:
    """Return the tasks that would wait for ever: in a circle, or for one; () if there is none."""
    left = {task: set(blockers) for task, blockers in waits_for.items() if blockers}
    while free := {blocker for blockers in left.values() for blocker in blockers} - set(left):
        left = {task: rest for task, blockers in left.items() if (rest := blockers - free)}
    return tuple(sorted(left))


def number_in(text: str, code: str) -> int | None:
    """Return the number of a task that is named as `12`, `ШШ-12` or `ШШ-12 with its title`.

    code: of the project; a task of another one is not named so. None for anything else.
    """
    found = re.fullmatch(
        rf"(?:{re.escape(code)}\s*[-–]\s*(\d{{1,9}})(?:\s.*)?|#?(\d{{1,9}}))",
        text.strip(),
        re.IGNORECASE | re.DOTALL,
    )
    return int(found[1] or found[2]) if found else None
