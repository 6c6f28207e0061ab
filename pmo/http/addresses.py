"""Numbers in addresses: those that no database can hold name nothing."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


def init_app(app: Flask) -> None:
    """Make every `<int:…>` of every address such a number; before the first address is added."""
    app.url_map.converters["int"] = RowNumber


class RowNumber(IntegerConverter):
    """`<int:task_id>`, up to what an INTEGER column of PostgreSQL holds; beyond it is 404."""

    def __init__(self, map: Any, **kwargs: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **kwargs})
