"""What a field of a project's own may hold: one written form for each value, and its measure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pmo.domain import calendar, folding
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import Sentence, _

MOST_FIELDS = 30
MOST_CHOICES = 50
CHOICE_LENGTH = 100
TEXT_LENGTH = 500

PREFIX = "own."
"""Before a field's key, where it stands among the usual fields of a task."""

KEY = r"f[1-9][0-9]{0,8}"

STEPS = 10_000
"""A number is kept exactly, in ten-thousandths: 15 digits, which any reader of JSON keeps too."""

CONDITION = (
    rf"{KEY}(:[^\n\r\x00-\x1f\x7f]{{1,{TEXT_LENGTH}}}|[<>]=(-?[0-9]{{1,11}}(\.[0-9]{{1,4}})?"
    r"|[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])))"
)
"""A condition as it stands in addresses: `f1:text`, `f2>=10`, `f3<=2026-11-22`."""

PARTS = re.compile(rf"({KEY})(:|>=|<=)(.+)")

SPACES = re.compile("[ \u00a0\u2009\u202f]")
NUMBER = re.compile(r"([+-]?)0*([0-9]{1,11})(?:\.([0-9]{1,4})0*)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
RUSSIAN_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

NO_NUMBER = _("A number is expected, such as 12.5, with up to 11 digits and 4 after the point.")
NO_DAY = _("A day is expected, such as 2026-11-22.")
NO_TEXT = _("Use one line of at most {most} characters.")
NO_CHOICE = _("This is none of: {choices}.")


class Unfit(ValueError):
    """A value that the field cannot hold. sentence: why."""

    def __init__(self, template: str, **facts: Any) -> None:
        self.sentence = Sentence(template, **facts)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class Written:
    """A value in its one written form; '' is nothing. folded, amount: what it is found by."""

    text: str
    folded: str = ""
    amount: int | None = None


NOTHING = Written("")


def read(kind: OwnFieldKind, choices: Sequence[str], typed: str) -> Written:
    """Understand what was typed into a field. Raises Unfit."""
    text = typed.strip()
    if not text:
        return NOTHING
    if kind is OwnFieldKind.NUMBER:
        return _number(text)
    if kind is OwnFieldKind.DATE:
        return _day(text)
    if kind is OwnFieldKind.CHOICE and text not in choices:
        raise Unfit(NO_CHOICE, choices=", ".join(choices))
    if len(text) > TEXT_LENGTH or CONTROL.search(text):
        raise Unfit(NO_TEXT, most=TEXT_LENGTH)
    return Written(text, folding.fold(text))


def is_written(kind: OwnFieldKind, choices: Sequence[str], text: str) -> bool:
    """Tell whether a text is a value in its one written form, and not nothing."""
    try:
        return text != "" and read(kind, choices, text).text == text
    except Unfit:
        return False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must hold. sign: `:` has these words, or is this; `>=`, `<=` for amounts.

    amount: None for what is neither a number nor a day.
    """

    key: str
    sign: str
    text: str
    amount: int | None


def condition(asked: str) -> Condition:
    """Read a condition of the form `CONDITION`; a day beyond its month is the month's last."""
    found = PARTS.fullmatch(asked)
    if not found:
        raise ValueError(asked)
    key, sign, text = found.groups()
    return Condition(key, sign, text, _amount(text))


def asked(key: str, sign: str, typed: str) -> str:
    """Write a condition from what was typed into a field of a form."""
    for kind in (OwnFieldKind.NUMBER, OwnFieldKind.DATE):
        try:
            if sign != ":":
                return f"{key}{sign}{read(kind, (), typed).text}"
        except Unfit:
            continue
    return f"{key}{sign}{typed.strip()}"


def _amount(text: str) -> int | None:
    for kind in (OwnFieldKind.NUMBER, OwnFieldKind.DATE):
        try:
            return read(kind, (), text).amount
        except Unfit:
            continue
    if DAY.fullmatch(text):
        year, month, _day_of = (int(part) for part in text.split("-"))
        return calendar.month_end(year, month).toordinal()
    return None


def number_of(text: str) -> int | float:
    """Return a written number as JSON has it."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def text_of(value: str | float | None) -> str:
    """Return a value of JSON as one could have typed it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else format(Decimal(repr(value)), "f")


def _number(text: str) -> Written:
    found = NUMBER.fullmatch(SPACES.sub("", text).replace(",", ".").replace("\u2212", "-"))
    if not found:
        raise Unfit(NO_NUMBER)
    sign, whole, fraction = found[1], found[2], (found[3] or "").rstrip("0")
    amount = int(whole) * STEPS + int(fraction.ljust(4, "0") or 0)
    minus = "-" if sign == "-" and amount else ""
    written = f"{minus}{int(whole)}" + (f".{fraction}" if fraction else "")
    return Written(written, amount=-amount if minus else amount)


def _day(text: str) -> Written:
    if russian := RUSSIAN_DAY.fullmatch(text):
        text = "-".join(russian.groups()[::-1])
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit(NO_DAY)
    return Written(text, amount=day.toordinal())
