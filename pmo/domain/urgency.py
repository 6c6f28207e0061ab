"""How soon a task wants its person: the order of “my work”."""

from datetime import date, timedelta
from enum import StrEnum


class Urgency(StrEnum):
    """From the most urgent to the least."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NO_DATE = "no_date"


def urgency(due_on: date | None, today: date) -> Urgency:
    """Tell how urgent a task is that is not done. A week is the seven days after today."""
    if due_on is None:
        return Urgency.NO_DATE
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    return Urgency.WEEK if due_on <= today + timedelta(days=7) else Urgency.LATER


def is_overdue(due_on: date | None, today: date, *, is_done: bool) -> bool:
    """Tell whether the due day is past and the task is not done."""
    return not is_done and due_on is not None and due_on < today


def initials(name: str) -> str:
    """Return up to two capital letters for a person's badge: «Начальник ЦУОКО» → «НЦ»."""
    words = [word.strip("«»\"'()") for word in name.split()]
    return "".join(word[0] for word in words if word)[:2].upper()
