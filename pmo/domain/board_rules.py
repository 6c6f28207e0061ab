"""What kinds of rules a board has: read with the board, so that one without pays nothing."""

from enum import IntFlag


class Rules(IntFlag):
    """Kinds of rules, as `Board.rule_kinds` keeps them."""

    NONE = 0
    MOVE = 1
    WIP = 2
