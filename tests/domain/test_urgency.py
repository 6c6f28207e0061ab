"""The order of “my work”."""

from datetime import date, timedelta

import pytest

from pmo.domain.urgency import Urgency, initials, is_overdue, urgency

TODAY = date(2025, 1, 15)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Urgency.OVERDUE),
        (0, Urgency.TODAY),
        (1, Urgency.WEEK),
        (7, Urgency.WEEK),
        (8, Urgency.LATER),
    ],
)
def test_urgency_follows_the_due_day(days, expected):
    assert urgency(TODAY + timedelta(days=days), TODAY) is expected


def test_a_task_without_a_due_day_comes_last():
    assert urgency(None, TODAY) is list(Urgency)[-1]


def test_a_task_is_not_overdue_on_its_day():
    assert not is_overdue(TODAY, TODAY, is_done=False)


def test_a_done_task_is_never_overdue():
    assert not is_overdue(TODAY - timedelta(days=1), TODAY, is_done=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Начальник ЦУОКО", "НЦ"),
        ("методист", "М"),
        ("«Школа» Лидеров образования", "ШЛ"),
        ("  ", ""),
    ],
)
def test_initials_are_the_first_letters_of_two_words(name, expected):
    assert initials(name) == expected
