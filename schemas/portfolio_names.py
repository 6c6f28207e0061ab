"""Names and bounds that the parts of a portfolio file share."""

from pmo.domain import codes, own_fields
from pmo.domain.credentials import LOGIN_PATTERN
from schemas import portfolio_fields as f

MOST_NUMBER = 1_000_000
MOST_PEOPLE = 10_000
MOST_PARTS = 100
MOST_LINES = 1_000
TEXT = 100_000
LINE = 10_000

Login = f.matching(LOGIN_PATTERN)
Code = f.matching(codes.PATTERN.pattern)
OwnKey = f.matching(own_fields.KEY)
