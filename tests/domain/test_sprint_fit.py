"""What of a task does not fit a sprint."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.sprint_fit import Blocker, Misfit, Planned, late, misfits
from pmo.domain.sprints import Span

SPAN = Span(date(2025, 1, 13), date(2025, 2, 9))
BEFORE, INSIDE, AFTER = date(2025, 1, 12), date(2025, 1, 20), date(2025, 2, 10)
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 28))


def task(**given: object) -> Planned:
    values = {"has_result": True, "starts_on": None, "ends_on": None, "due_on": None, **given}
    return Planned(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("planned", "found"),
    [
        (task(), ()),
        (task(has_result=False), (Misfit.NO_RESULT,)),
        (task(due_on=BEFORE), (Misfit.DUE_BEFORE,)),
        (task(due_on=SPAN.starts_on), ()),
        (task(due_on=AFTER), ()),
        (task(starts_on=BEFORE, ends_on=BEFORE), (Misfit.ENDS_BEFORE,)),
        (task(starts_on=BEFORE, ends_on=SPAN.starts_on), ()),
        (task(starts_on=SPAN.ends_on, ends_on=AFTER), ()),
        (task(starts_on=AFTER, ends_on=AFTER), (Misfit.STARTS_AFTER,)),
        (task(starts_on=AFTER), (Misfit.STARTS_AFTER,)),
        (task(blockers=(Blocker("ШШ-1", None),)), (Misfit.WAITS,)),
        (task(blockers=(Blocker("ШШ-1", 3),)), (Misfit.WAITS,)),
        (task(blockers=(Blocker("ШШ-1", 2), Blocker("ШШ-2", 0))), ()),
    ],
)
def test_every_reason_is_told_and_no_other(planned: Planned, found: tuple[Misfit, ...]) -> None:
    assert misfits(planned, 2, SPAN) == found


@given(DAYS, DAYS)
def test_a_period_fits_exactly_when_it_shares_a_day(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        first, last = last, first

    found = misfits(task(starts_on=first, ends_on=last), 1, SPAN)

    days = {SPAN.starts_on + timedelta(days=n) for n in range(28)}
    shares = any((first is None or first <= day) and (last is None or day <= last) for day in days)
    assert (found == ()) is shares


@given(st.lists(st.none() | st.integers(0, 6)), st.integers(0, 6))
def test_blockers_of_this_sprint_and_earlier_ones_will_be_done(
    sprints: list[int | None], number: int
) -> None:
    found = late([Blocker(str(place), it) for place, it in enumerate(sprints)], number)

    assert [it.sprint for it in found] == [it for it in sprints if it is None or it > number]
