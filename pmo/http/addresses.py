"""Numbers in addresses: those that no database can hold name nothing."""

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""What an INTEGER column of PostgreSQL holds."""

NOBODY = 0
"""No row has this number."""


def init_app(app: Flask) -> None:
    """Make every `<int:…>` of every address such a number; before the first address is added."""
    app.url_map.converters["int"] = RowNumber


class RowNumber(IntegerConverter):
    """`<int:task_id>`; one that is too large names nothing, as one that is not there: 404.

    To refuse it here would make it 405 where the address has several methods.
    """

    def to_python(self, value: str) -> int:
        """Return the number, or that of nobody."""
        number: int = super().to_python(value)
        return number if number <= LARGEST else NOBODY
