"""The colours of charts by what they stand for.

A specification names them in the values of the light theme, so that a picture in a document has
them. A page takes them for names: `drawing` puts a class in place of each, and the stylesheet
says what the class looks like in light, in dark and on paper.
"""

INK = "#1b2029"
MUTED = "#535b68"
AXIS = "#868d9a"
GRID = "#dcdfe5"
GROUND = "#ffffff"

BLUE = "#1d559e"
ORANGE = "#95420b"
GREEN = "#1f6a3a"
VIOLET = "#5d3fa8"
TEAL = "#0b6468"
PINK = "#9a2a66"
AMBER = "#7a5200"
RED = "#a81f27"
SLATE = "#465060"

SERIES = (BLUE, ORANGE, VIOLET, TEAL, PINK, AMBER, SLATE)
"""Of lines and areas side by side, in this order; green is kept for what is done."""

DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3), (4, 2), (10, 4), (1, 3))
"""Beside each of the series, for those who do not tell the colours apart."""

NAMES = {
    INK: "ink",
    MUTED: "muted",
    AXIS: "axis",
    GRID: "grid",
    GROUND: "ground",
    BLUE: "blue",
    ORANGE: "orange",
    GREEN: "green",
    VIOLET: "violet",
    TEAL: "teal",
    PINK: "pink",
    AMBER: "amber",
    RED: "red",
    SLATE: "slate",
}
