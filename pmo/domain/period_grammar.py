"""The grammar of written periods, Russian first and English beside it; what it means is not here.

A basic lexer cuts the text into words that cannot overlap, so the grammar stays unambiguous
and parsing near linear; Earley spares it the contortions that one token of lookahead needs.
A rule or terminal whose name begins with `_` leaves no trace of its own in the tree.
Texts arrive in lower case, with ё, dashes and spaces made plain (`period_reading`).
"""

GRAMMAR = r"""
start: _chain
_chain: _after_number | _after_other
_after_other: _after_word | _after_dated | _after_loose
// Two moments may stand side by side only if the first ends with its year:
// «Май 2022 г. Апрель 2023 г.», but never «май» «2022».
_after_dated: _dated | _chain _SEPARATOR _dated | _after_word _dated | _after_dated _dated
_after_loose: _loose | _chain _SEPARATOR _loose | _after_word _loose
// A lone number needs a comma after it, lest «1» «раз в год» be two things.
_after_number: _lone | _chain _SEPARATOR _lone | _after_word _lone
_after_word: _word | _after_other _word | _chain _SEPARATOR _word

_word: open | repeat | frequency
open: _OPEN
repeat: YEARLY | HALF_YEARLY | QUARTERLY | MONTHLY | WEEKLY | CONTINUOUS
frequency: _AT_LEAST? _times _IN _unit
_times: NUMBER (_DASH NUMBER)? _TIMES | NUMBER_WORD _TIMES | TWICE | once
once: _TIMES
_unit: WEEK | MONTH_WORD | QUARTER | HALF | ACADEMIC | year_unit
year_unit: _YEAR_WORD

_dated: single_dated | between_dated
_loose: single | between | deadline | since
_lone: single_number | between_numbers
single_dated: _lead? (_full | third_full | decade_full)
between_dated: _lead? _FROM? _first _to _full
single: _lead? (_bare | third | decade | _whole) | whole_year
between: _lead? _FROM? _first _to (_bare | _whole)
single_number: _lead? number
between_numbers: _lead? _FROM? number _to number
deadline: _until _END? _point | _until _END end_of_year
since: _FROM _point
_lead: _IN | _DURING
_to: _DASH | _UNTIL | _TO
_until: _UNTIL | _BY
whole_year: _WHOLE_YEAR
end_of_year: _YEAR_WORD

_first: _point | number
_point: _full | _bare | _whole
_full: iso_date | full_date | month_and_year | day_full | month_full | quarter_full | half_full
_bare: day_and_month | day | month | quarter | half
_whole: year | academic_year
iso_date: ISO_DATE
full_date: DATE _YEAR_WORD?
month_and_year: MONTH_AND_YEAR _YEAR_WORD?
day_and_month: DAY_AND_MONTH
day: NUMBER MONTH
day_full: NUMBER MONTH _year
month: MONTH
month_full: MONTH _year
third: THIRD MONTH
third_full: THIRD MONTH _year
decade: _ordinal _DECADE MONTH
decade_full: _ordinal _DECADE MONTH _year
quarter: _quarter
quarter_full: _quarter _year
_quarter: _ordinal QUARTER | SHORT_QUARTER
half: _ordinal HALF
half_full: _ordinal HALF _year | _ordinal HALF academic_year
number: _ordinal
_ordinal: NUMBER | ROMAN | ORDINAL_WORD
year: _year
_year: YEAR _YEAR_WORD?
academic_year: YEAR _DASH YEAR ACADEMIC | YEAR_PAIR ACADEMIC | SLASH_PAIR ACADEMIC? | ACADEMIC

%ignore " "
_SEPARATOR.1: /[,;]( ?(и|and)\b)?|(и|and)\b/
_DASH.1: "-"

ISO_DATE.9: /(19|20)\d\d-\d\d-\d\d(?!\d)/
DATE.9: /\d{1,2}\.\d{1,2}\.((19|20)\d\d|\d\d)(?!\d)/
MONTH_AND_YEAR.8: /\d{1,2}[.\/](19|20)\d\d(?!\d)/
DAY_AND_MONTH.7: /\d{1,2}\.\d\d\.?(?!\d)/
SLASH_PAIR.7: /(19|20)\d\d ?\/ ?((19|20)\d\d|\d\d)(?!\d)/
YEAR_PAIR.7: /(19|20)\d\d ?- ?\d\d(?![\d.-])/
YEAR.6: /(19|20)\d\d(?!\d)/
NUMBER.5: /\d{1,2}(-?(ое|ой|ый|ом|го|ая|е|й|м|я|х|st|nd|rd|th)(?![а-яa-z]))?(?!\d)/
ROMAN.5: /(iv|i{1,3})(?![а-яa-z])/
SHORT_QUARTER.5: /q[1-4](?!\d)/
ORDINAL_WORD: /(перв|втор)(ое|ого|ому|ом|ый|ой|ая|ую)\b|треть(е|его|ем|ий|ей|я|ю)\b/
            | /четверт(ое|ого|ом|ый|ая|ой|ую)\b|(first|second|third|fourth)\b/
NUMBER_WORD: /(один|одного|два|двух|две|три|трех|четыре|четырех)\b/
TWICE: /(дважды|трижды|twice)\b/
MONTH.2: _FULL_MONTH | _SHORT_MONTH | _ENGLISH_MONTH
_FULL_MONTH: /(январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(ь|я|е|ю|ем)\b/
           | /ма(й|я|е|ю|ем)\b|(март|август)(а|е|у|ом)?\b/
_SHORT_MONTH: /(янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек)\b\.?/
_ENGLISH_MONTH: /(january|february|march|april|may|june|july|august)\b/
              | /(september|october|november|december)\b/
              | /(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?/
THIRD: /(начал(о|а|е)|середин(а|у|е|ы)|кон(ец|це)|(early|mid|late)\b)(?![а-я])/
_DECADE: /декад(а|у|е|ы)\b/
QUARTER: /квартал(а|е|у|ы|ом)?\b|кв\b\.?|quarter\b/
HALF: /((учебное|учебного|учебном|уч\.?|academic) ?)?(полугоди(е|я|и|ю|ем)\b|п\/г\b|half-year\b)/
_YEAR_WORD: /год(а|у|е|ы|ов|ах)?\b|г\. ?г\.?(?![а-я])|гг?(?![а-я])\.?|year\b/
ACADEMIC.6: /(текущ\w+ |весь |всего )?(учебн(ый|ого|ом|ые|ых)|уч(ебн)?\.?) ?год(а|у|е|ы|ов|ах)?\b/
          | /уч(ебн)?\. ?(г\. ?г\.?|гг?\b\.?)/
          | /(academic|school) years?\b/
WEEK: /недел(ю|е|я|и)\b|week\b/
MONTH_WORD: /месяц(е|а)?\b|month\b/

_IN: /(в|во|на|за|in|on|per|a)\b/
_FROM: /([сc]о?|from|since)\b/
_TO: /(по|to)\b/
_UNTIL: /(до|until|till)\b/
_BY.2: /(не позднее|не позже|ко?|by)\b/
_END: /(конца|the end of|end of)\b/
_DURING.3: /(в течени[ие]|на протяжении)( всего)?\b|during( the)?\b/
_WHOLE_YEAR.4: /((в течени[ие]|на протяжении)( всего)?|весь) года?\b|(during|throughout) the year\b/
_AT_LEAST.1: /не (менее|меньше|реже)( чем)?\b|по\b(?= \d+ раза?\b)|at least\b/
_TIMES: /раза?\b|times?\b/

YEARLY.3: /ежегодно\b|каждый год\b|каждого года\b|(yearly|annually|every year)\b/
HALF_YEARLY.3: /(каждое|по) полугоди(е|ям)\b|every half-year\b/
QUARTERLY.3: /ежеквартально\b|каждый квартал\b|по кварталам\b|(quarterly|every quarter)\b/
MONTHLY.3: /ежемесячно\b|каждый месяц\b|(monthly|every month)\b/
WEEKLY.3: /еженедельно\b|каждую неделю\b|(weekly|every week)\b/
CONTINUOUS.4: /(непрерывно|постоянно|регулярно|систематически|ежедневно)\b/
            | /на (постоянной|регулярной) основе\b/
            | /(весь|в течение|на протяжении)( всего)? (период|срок)а?( реализации)?( проекта)?\b/
            | /(continuously|constantly|regularly)\b/
_OPEN.4: /по мере (необходимости|возможности|готовности|поступления)( заявок| запросов)?\b/
       | /(по|согласно) ((отдельн|индивидуальн|утвержденн)ому )?(график|план)у( работы)?\b/
       | /по (согласованию|запросу|запросам|требованию|необходимости|договоренности)\b/
       | /(периодически|при необходимости|as needed|on request|as scheduled)\b/
"""
