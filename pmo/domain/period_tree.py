"""From the grammar's tree to terms: one method for each rule, one for each word that counts."""

import re
from collections.abc import Sequence
from datetime import date

from lark import Token, Transformer, v_args

from pmo.domain.period_terms import (
    Interval,
    Phrase,
    Point,
    Precision,
    Recurrence,
    Repeat,
    Unreadable,
)

RHYTHMS = (
    Recurrence.WEEKLY,
    Recurrence.MONTHLY,
    Recurrence.QUARTERLY,
    Recurrence.HALF_YEARLY,
    Recurrence.YEARLY,
    Recurrence.CONTINUOUS,
    Recurrence.NONE,
)
"""From the one that tells most to the one that tells least; a text keeps the former."""

_UNITS = {
    "WEEK": Recurrence.WEEKLY,
    "MONTH_WORD": Recurrence.MONTHLY,
    "QUARTER": Recurrence.QUARTERLY,
    "HALF": Recurrence.HALF_YEARLY,
    "ACADEMIC": Recurrence.YEARLY,
}
# The place of a word's beginning is its number; each beginning belongs to one number only.
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_ORDINALS, _ENGLISH_ORDINALS = ("пер", "вто", "тре", "чет"), ("fir", "sec", "thi", "fou")
_NUMBERS = ("од", "дв", "тр", "че")
_THIRDS, _ENGLISH_THIRDS = ("нач", "сер", "кон"), ("ear", "mid", "lat")
_ROMAN = ("i", "ii", "iii", "iv")

PLURAL = re.compile(r"год(ы|ов|ах)|г\.? ?г|years")


def _place(word: str, *tables: Sequence[str]) -> int:
    """Return the place, from 1, of the beginning of `word` in the first table that has it."""
    for table in tables:
        for place, beginning in enumerate(table, 1):
            if word.startswith(beginning):
                return place
    raise Unreadable(word)


def _year(digits: str) -> int:
    """Read a year of four digits, or of the two that a date may end in."""
    return int(digits) if len(digits) == len("2021") else 2000 + int(digits)


def _academic(first: int, last: int) -> Point:
    """Return the academic year that two consecutive calendar years make."""
    if last != first + 1:
        raise Unreadable(f"{first} and {last} do not make an academic year")
    return Point(Precision.ACADEMIC_YEAR, year=first)


def _pair(text: str) -> Point:
    """Read «2021/22», «2021-22», «2021/2022»: the second half may leave its century out."""
    first, last = re.findall(r"\d+", text)
    following = int(first) + 1
    return _academic(int(first), following if str(following).endswith(last) else int(last))


@v_args(inline=True)
class ToPhrase(Transformer[Token, Phrase]):
    """Turns the tree into terms; a method is named after its rule or terminal."""

    def start(self, *parts: Interval | Repeat) -> Phrase:
        """«2020-2024 ежегодно»; of several rhythms the most telling stays."""
        repeats = [part for part in parts if isinstance(part, Repeat)]
        ranked = sorted(repeats, key=lambda it: (RHYTHMS.index(it.recurrence), -it.times))
        intervals = tuple(part for part in parts if isinstance(part, Interval))
        return Phrase(intervals, ranked[0] if ranked else Repeat(Recurrence.NONE))

    def open(self) -> Repeat:
        """«по мере необходимости»."""
        return Repeat(Recurrence.NONE)

    def repeat(self, word: Token) -> Repeat:
        """«ежегодно»."""
        return Repeat(Recurrence[word.type])

    def frequency(self, times: int, *more: int | Token | Recurrence) -> Repeat:
        """«не менее 2 раз в полугодие»; of «2-3 раза» the smaller number is sure."""
        if times < 1:
            raise Unreadable("no times at all")
        unit = more[-1]
        return Repeat(_UNITS[unit.type] if isinstance(unit, Token) else Recurrence.YEARLY, times)

    def once(self) -> int:
        """«раз в год»."""
        return 1

    def year_unit(self) -> Recurrence:
        """«… раз в год»."""
        return Recurrence.YEARLY

    def single(self, point: Point) -> Interval:
        """«октябрь 2021»."""
        return Interval(point, point)

    def between(self, first: Point, last: Point) -> Interval:
        """«с 1 по 15 марта»."""
        return Interval(first, last)

    single_dated, between_dated = single, between
    single_number, between_numbers = single, between

    def since(self, first: Point) -> Interval:
        """«с сентября 2021»."""
        return Interval(first, None)

    def deadline(self, last: Point) -> Interval:
        """«до конца октября»."""
        return Interval(None, last)

    def whole_year(self) -> Point:
        """«в течение года»."""
        return Point(Precision.ACADEMIC_YEAR)

    end_of_year = whole_year

    def iso_date(self, text: str) -> Point:
        """«2021-09-30»."""
        day = date.fromisoformat(text)
        return Point(Precision.DAY, day.day, day.month, day.year)

    def full_date(self, text: str) -> Point:
        """«30.09.2021», «30.09.21»."""
        day, month, year = text.split(".")
        return Point(Precision.DAY, int(day), int(month), _year(year))

    def day_and_month(self, text: str) -> Point:
        """«01.06.»."""
        day, month = text.rstrip(".").split(".")
        return Point(Precision.DAY, int(day), int(month))

    def month_and_year(self, text: str) -> Point:
        """«08.2021»."""
        month, year = re.split(r"[./]", text)
        return Point(Precision.MONTH, int(month), year=int(year))

    def day(self, number: int, month: int, year: int | None = None) -> Point:
        """«22 ноября 2021»."""
        return Point(Precision.DAY, number, month, year)

    def month(self, number: int, year: int | None = None) -> Point:
        """«ноябрь 2021»."""
        return Point(Precision.MONTH, number, year=year)

    def third(self, third: int, month: int, year: int | None = None) -> Point:
        """«конец мая 2022»."""
        return Point(Precision.MONTH, month, year=year, third=third)

    def decade(self, third: int, month: int, year: int | None = None) -> Point:
        """«2 декада мая 2022»: of a month, thus exact days."""
        return Point(Precision.DAY, month=month, year=year, third=third)

    def quarter(self, number: int, *rest: Token | int) -> Point:
        """«II квартал 2022»."""
        year = next((it for it in rest if isinstance(it, int)), None)
        return Point(Precision.QUARTER, number, year=year)

    def half(self, number: int, word: Token, year: int | Point | None = None) -> Point:
        """«2 полугодие 2022 года» is July-December, «2 учебное полугодие 2022» January-May."""
        if isinstance(year, Point):
            return Point(Precision.HALF_YEAR, number, year=year.year, academic=True)
        academic = not word.startswith(("пол", "п/", "half"))
        if academic and year is not None and number != 1:
            year -= 1
        return Point(Precision.HALF_YEAR, number, year=year, academic=academic)

    def number(self, number: int) -> Point:
        """«1» in «с 1 по 15 марта»."""
        return Point(None, number)

    def year(self, year: int) -> Point:
        """«2021 год»."""
        return Point(Precision.YEAR, year=year)

    day_full, month_full, quarter_full, half_full = day, month, quarter, half
    third_full, decade_full = third, decade

    def academic_year(self, *parts: int | Point | Token) -> Point:
        """«2020-2021 учебный год», «2021/22», «учебный год», «2021-2024 учебные годы»."""
        match parts:
            case [Point() as point, *_]:
                return point
            case [int() as first, int() as last, str() as word]:
                years = max(1, last - first) if PLURAL.search(word) else 1
                return _academic(first, last - years + 1)._replace(number=years - 1)
        return Point(Precision.ACADEMIC_YEAR)

    def YEAR(self, text: str) -> int:
        """«2021»."""
        return int(text)

    def YEAR_PAIR(self, text: str) -> Point:
        """«2021-22», followed by «учебный год»."""
        return _pair(text)

    SLASH_PAIR = YEAR_PAIR

    def NUMBER(self, text: str) -> int:
        """«2», «2-е»."""
        return int(re.sub(r"\D", "", text))

    def NUMBER_WORD(self, word: str) -> int:
        """«двух»."""
        return _place(word, _NUMBERS)

    def TWICE(self, word: str) -> int:
        """«дважды», «трижды»."""
        return 3 if word.startswith("тр") else 2

    def ORDINAL_WORD(self, word: str) -> int:
        """«второе»."""
        return _place(word, _ORDINALS, _ENGLISH_ORDINALS)

    def ROMAN(self, word: str) -> int:
        """«II»."""
        return _ROMAN.index(word) + 1

    def SHORT_QUARTER(self, word: str) -> int:
        """«Q2»."""
        return int(word[1:])

    def MONTH(self, word: str) -> int:
        """«октябре»."""
        return _place(word, _MONTHS, _ENGLISH_MONTHS)

    def THIRD(self, word: str) -> int:
        """«начало», «середина», «конец»."""
        return _place(word, _THIRDS, _ENGLISH_THIRDS)
