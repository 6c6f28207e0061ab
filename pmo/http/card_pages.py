"""The pages of a list of cards that are known by their numbers."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from pmo.domain.flow.figures import Tasks
from pmo.queries.flow_cards import PAGE


@dataclass(frozen=True, slots=True)
class CardPages:
    """A list of cards. wanted: the page that was asked for; one behind the last is the last."""

    numbers: Tasks
    wanted: int

    @property
    def total(self) -> int:
        """How many cards there are."""
        return len(self.numbers)

    @property
    def count(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // PAGE))

    @property
    def page(self) -> int:
        """Which page is shown."""
        return min(self.wanted, self.count)

    @property
    def earlier(self) -> str:
        """The address of the page before; '' for none."""
        return self._address(self.page - 1)

    @property
    def later(self) -> str:
        """The address of the page after; '' for none."""
        return self._address(self.page + 1)

    def _address(self, page: int) -> str:
        if not 1 <= page <= self.count:
            return ""
        given = {**request.args.to_dict(), "page": page}
        return f"{request.script_root}{request.path}?{urlencode(given)}"
