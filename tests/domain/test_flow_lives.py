"""Small journals, written out, and the lives of cards that they tell."""

from pmo.domain.flow.replaying import Happened, replay
from pmo.domain.vocabulary import ColumnMeaning
from tests.journals import created, day, edited, life, means, moved, put_away, restored


def test_started_is_the_first_entry_and_finished_the_last() -> None:
    card = life(
        created(0), moved(1, "c2"), moved(2, "c4"), moved(3, "c1"), moved(4, "c2"), moved(6, "c4")
    )

    assert card.started_at(day(9)) == day(1)
    assert card.finished_at(day(9)) == day(6)
    assert card.finished_at(day(2.5)) == day(2)
    assert [card.finished_at(day(at)) for at in (1, 3, 5)] == [None, None, None]
    assert [card.is_in_work(day(at)) for at in (0, 1, 2, 3, 6)] == [False, True, False, True, False]


def test_a_card_made_in_a_done_column_starts_and_finishes_at_once() -> None:
    card = life(created(2, column="c4"))

    assert card.started_at(day(2)) == card.finished_at(day(2)) == day(2)
    assert card.at(day(1)) is None
    assert not card.is_open(day(1))


def test_from_one_done_column_to_another_is_no_second_finish() -> None:
    card = life(created(0), moved(1, "c4"), Happened(day(3), "task.moved", 1, MOVED_TO_OTHER_BOARD))

    assert card.finished_at(day(5)) == day(1)
    assert card.at(day(5)).board == "b2"


MOVED_TO_OTHER_BOARD = {"board": "b2", "from_board": "b1", "to": "c9", "to_meaning": "done"}


def test_what_is_put_away_undone_is_cancelled_until_it_comes_back() -> None:
    card = life(created(0), moved(1, "c2"), put_away(2), restored(4, "c2"), moved(5, "c4"))

    assert [card.is_cancelled(day(at)) for at in (1, 2, 3, 4, 6)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert card.away_for(day(3)) == "archived"
    assert card.finished_at(day(6)) == day(5)
    assert [(it.since, it.until) for it in card.spells] == [
        (day(0), day(1)),
        (day(1), day(2)),
        (day(4), day(5)),
        (day(5), None),
    ]


def test_what_is_put_away_done_stays_done_and_comes_back_done() -> None:
    card = life(created(0), moved(1, "c4"), put_away(2), restored(4, "c4"))

    assert [card.finished_at(day(at)) for at in (3, 5)] == [day(1), day(1)]
    assert not card.is_cancelled(day(3))


def test_of_a_merge_and_a_transfer_only_the_card_that_goes_is_away() -> None:
    kinds = ("task.merged", "task.transferred")
    gone = [life(created(0), put_away(1, kind=kind, to="Б-1")) for kind in kinds]
    stays = [life(created(0), put_away(1, kind=kind, **{"from": "Б-1"})) for kind in kinds]

    assert [card.away_for(day(2)) for card in gone] == ["merged", "transferred"]
    assert [card.away_for(day(2)) for card in stays] == [None, None]


def test_a_column_that_gets_another_meaning_moves_the_cards_that_stand_there() -> None:
    lives = replay(
        [
            created(0, 1, "c2"),
            created(0, 2, "c2"),
            created(0, 3, "c2"),
            put_away(1, 2),
            moved(1, "c1", 3),
            means(2, "c2", "done"),
            means(4, "c2", "in_progress"),
        ]
    )

    assert [lives[1].finished_at(day(at)) for at in (1, 2, 5)] == [None, day(2), None]
    assert lives[2].finished_at(day(3)) is None
    assert lives[3].at(day(3)).meaning is ColumnMeaning.QUEUE


def test_a_card_comes_back_into_what_its_column_means_by_then() -> None:
    card = life(created(0, column="c2"), put_away(1), means(2, "c2", "done"), restored(3, "c4"))

    assert card.finished_at(day(2)) is None
    assert card.finished_at(day(3)) == day(3)


def test_a_moment_of_a_card_never_runs_backwards() -> None:
    card = life(created(3), moved(1, "c2"), moved(4, "c4"))

    assert card.started_at(day(9)) == day(3)
    assert all(it.until is None or it.since <= it.until for it in card.spells)


def test_what_old_events_do_not_tell_is_what_was_before_the_first_edit_or_is_now() -> None:
    old = created(0)._replace(data={"board": "b1", "column": "c1", "meaning": "queue"})
    edits = edited(1, weight=[5, 8], blocked_reason=["Why", ""], stage=["s1", None])

    changed, untouched = life(old, edits, weight=8), life(old, weight=3, stage="s2")

    assert [changed.weight(day(at)) for at in (-1, 0, 1)] == [0, 5, 8]
    assert [changed.stage(day(at)) for at in (0, 1)] == ["s1", None]
    assert [changed.blocked_for(day(at)) for at in (0, 1)] == ["Why", None]
    assert (untouched.weight(day(0)), untouched.stage(day(0))) == (3, "s2")


def test_what_is_told_at_the_making_outweighs_what_is_now() -> None:
    card = life(created(0, weight=2, stage="s1", blocked_reason="Why"), weight=9, stage="s9")

    assert (card.weight(day(0)), card.stage(day(0)), card.blocked_for(day(0))) == (2, "s1", "Why")


def test_blocked_spells_end_when_the_reason_goes_or_changes() -> None:
    card = life(
        created(0),
        edited(1, blocked_reason=["", "Ill"]),
        edited(2, blocked_reason=["Ill", "No room"]),
        edited(4, blocked_reason=["No room", ""]),
    )

    assert card.blocked == [(day(1), day(2), "Ill"), (day(2), day(4), "No room")]


def test_sprints_and_people_are_kept_with_their_moments() -> None:
    set_ = Happened(day(1), "task.sprint_set", 1, {"from": None, "to": 2})
    people = edited(2, assignees=[["lev"], ["lev", "mila"]])
    card = life(created(0, assignees=["lev"], sprint=1), set_, people)

    assert [card.sprint(day(at)) for at in (0, 1)] == [1, 2]
    assert card.assigned == [(day(0), ("lev",)), (day(2), ("lev", "mila"))]


def test_a_journal_without_the_making_of_a_card_begins_where_it_stands() -> None:
    assert life(moved(3, "c2")).created_at == day(3)
    assert replay([edited(1, weight=[1, 2]), put_away(2)]) == {}
