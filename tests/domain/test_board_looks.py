from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import board_looks, card_lanes
from pmo.domain.board_looks import MOST_FOLDED, PLAIN, SEVERAL, WITHOUT, Look
from pmo.domain.card_lanes import LaneKey
from pmo.domain.vocabulary import CardOrder, Density, Lanes

IDS = st.integers(min_value=1, max_value=2**31 - 1)
LOOKS = st.builds(
    Look,
    lanes=st.sampled_from(Lanes),
    order=st.sampled_from(CardOrder),
    density=st.sampled_from(Density),
    folded_columns=st.lists(IDS, unique=True, max_size=5).map(tuple),
    folded_lanes=st.lists(st.from_regex(r"stage-[1-9]", fullmatch=True), unique=True).map(tuple),
)


@given(LOOKS)
def test_a_look_comes_back_from_its_plain_values(look: Look) -> None:
    assert board_looks.from_dict(board_looks.to_dict(look)) == look


@given(LOOKS, IDS)
def test_folding_twice_is_folding_once_and_unfolding_takes_it_back(look: Look, column: int) -> None:
    once = board_looks.folded(look, is_folded=True, column_id=column)

    assert board_looks.folded(once, is_folded=True, column_id=column) == once
    assert column in once.folded_columns
    undone = board_looks.folded(once, is_folded=False, column_id=column)
    assert undone.folded_columns == tuple(it for it in look.folded_columns if it != column)


def test_the_first_folded_gives_way_to_too_many() -> None:
    look = PLAIN
    for column in range(1, MOST_FOLDED + 2):
        look = board_looks.folded(look, is_folded=True, column_id=column)

    assert len(look.folded_columns) == MOST_FOLDED
    assert look.folded_columns[0] == 2


@given(st.lists(IDS, unique=True, max_size=3))
def test_a_card_stands_in_the_lane_of_its_one_thing(ids: list[int]) -> None:
    part = card_lanes.part_of(ids)

    assert part == (WITHOUT if not ids else SEVERAL if len(ids) > 1 else str(ids[0]))


@given(st.lists(IDS, unique=True, max_size=3), IDS)
def test_what_a_card_gets_puts_it_into_the_lane_it_was_dropped_in(
    ids: list[int], target: int
) -> None:
    for part in (str(target), WITHOUT, SEVERAL):
        wanted = card_lanes.after(ids, part)

        assert wanted is None or card_lanes.part_of(wanted) == part
        assert (wanted is None) == (part == SEVERAL or len(ids) > 1)


@given(st.sampled_from([Lanes.STAGE, Lanes.LABEL]), st.sampled_from(["7", WITHOUT, SEVERAL]))
def test_a_lane_is_known_by_its_key(kind: Lanes, part: str) -> None:
    assert card_lanes.parse(str(LaneKey(kind, part))) == LaneKey(kind, part)
