"""How much a sprint can take: hours of its people, or what closed sprints brought."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.commitments import Basis, Past, Room, room
from pmo.domain.vocabulary import WeightUnit

POINTS, HOURS = WeightUnit.POINTS, WeightUnit.HOURS
D = Decimal


def past(number: int, done: int, days: str = "10") -> Past:
    return Past(number, done, D(days))


def test_hours_are_compared_with_hours() -> None:
    found = room(HOURS, D(10), D("80"), [past(1, 500)])

    assert found == Room(Basis.HOURS, D("80"))
    assert (found.left(100), found.percent(100)) == (D(-20), 125)


def test_points_go_by_the_median_of_what_a_person_day_brought() -> None:
    closed = [past(1, 10), past(2, 40, "20"), past(3, 30)]  # 1, 2 and 3 for a person-day

    found = room(POINTS, D("7.5"), D(60), closed)

    assert found == Room(Basis.RATE, D("15.0"), D("2.00"), 3)
    assert found.percent(12) == 80


def test_where_nobody_was_said_to_work_it_is_the_median_as_it_was() -> None:
    closed = [past(1, 10, "0"), past(2, 40, "0")]

    assert room(POINTS, D(5), D(40), closed) == Room(Basis.VELOCITY, D("25.0"), past=2)
    assert room(POINTS, D(0), D(0), [past(1, 10)]).basis is Basis.VELOCITY


def test_the_trial_sprint_tells_something_only_as_long_as_it_is_alone() -> None:
    assert room(POINTS, D(10), D(80), [past(0, 5)]).most == D("5.0")
    assert room(POINTS, D(10), D(80), [past(0, 5), past(1, 20)]).most == D("20.0")


def test_the_first_sprint_has_no_history() -> None:
    found = room(POINTS, D(10), D(80), [])

    assert (found.basis, found.most, found.left(3), found.percent(3)) == (
        Basis.NOTHING,
        None,
        None,
        None,
    )


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=1, max_size=6),
    st.integers(1, 60),
)
def test_as_many_people_as_ever_can_take_what_they_always_brought(
    sprints: list[tuple[int, int]], days: int
) -> None:
    closed = [Past(number, done, D(of)) for number, (done, of) in enumerate(sprints, start=1)]

    found = room(POINTS, D(days), D(8 * days), closed)

    rates = sorted(D(done) / of for done, of in sprints)
    assert found.most is not None
    assert rates[0] * days - D("0.05") <= found.most <= rates[-1] * days + D("0.05")
