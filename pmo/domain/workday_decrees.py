"""By what each year of the production calendar differs from the Labour Code's own rules.

Data alone, one entry for a year; `workdays` makes the calendar of them. A release that knows of
a later year adds it here, and every office has it: what an office sets itself is kept apart.
"""

from dataclasses import dataclass
from datetime import date

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decree:
    """The transfers of one year.

    number, signed_on: of the decree of the Government; what article 112 moves by itself, a
    holiday that falls on a day of rest to the next working day, is among the moves too.
    moves: the day of rest that is moved, and the working day that it is moved to.
    shortened: those of the moved days that are worked, an hour less, before a holiday.
    """

    number: str
    signed_on: date
    moves: tuple[tuple[MonthDay, MonthDay], ...]
    shortened: tuple[MonthDay, ...] = ()


DECREES = {
    2020: Decree(
        "875",
        date(2019, 7, 10),
        (
            ((1, 4), (5, 4)),
            ((1, 5), (5, 5)),
            ((2, 23), (2, 24)),
            ((3, 8), (3, 9)),
            ((5, 9), (5, 11)),
        ),
    ),
    2021: Decree(
        "1648",
        date(2020, 10, 10),
        (
            ((1, 2), (11, 5)),
            ((1, 3), (12, 31)),
            ((2, 20), (2, 22)),
            ((5, 1), (5, 3)),
            ((5, 9), (5, 10)),
            ((6, 12), (6, 14)),
        ),
        ((2, 20),),
    ),
    2022: Decree(
        "1564",
        date(2021, 9, 16),
        (
            ((1, 1), (5, 3)),
            ((1, 2), (5, 10)),
            ((3, 5), (3, 7)),
            ((5, 1), (5, 2)),
            ((6, 12), (6, 13)),
        ),
        ((3, 5),),
    ),
    2023: Decree(
        "1505",
        date(2022, 8, 29),
        (
            ((1, 1), (2, 24)),
            ((1, 8), (5, 8)),
            ((11, 4), (11, 6)),
        ),
    ),
    2024: Decree(
        "1314",
        date(2023, 8, 10),
        (
            ((1, 6), (5, 10)),
            ((1, 7), (12, 31)),
            ((4, 27), (4, 29)),
            ((11, 2), (4, 30)),
            ((12, 28), (12, 30)),
        ),
        ((11, 2),),
    ),
    2025: Decree(
        "1335",
        date(2024, 10, 4),
        (
            ((1, 4), (5, 2)),
            ((1, 5), (12, 31)),
            ((2, 23), (5, 8)),
            ((3, 8), (6, 13)),
            ((11, 1), (11, 3)),
        ),
        ((11, 1),),
    ),
    2026: Decree(
        "1466",
        date(2025, 9, 24),
        (
            ((1, 3), (1, 9)),
            ((1, 4), (12, 31)),
            ((3, 8), (3, 9)),
            ((5, 9), (5, 11)),
        ),
    ),
}
"""By year."""

PAID_REST_YEARS = frozenset({2020, 2021})
"""When decrees of the President added paid days without work. They are working days here, for
they left the norm of hours as it was."""
