"""What was computed of journals, per process, as long as nothing is added to them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from pmo.db import database

T = TypeVar("T")


class Memo(Generic[T]):
    """What was used last, up to `most` units of size; safe between threads.

    Of one database: what was known of another is forgotten.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()
        self._of: Any = None

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return what is kept, or make and keep it; two at once may both make it."""
        with self._lock:
            if self._of is not database.obj:
                self._of, self._size = database.obj, 0
                self._values.clear()
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        made = make()
        with self._lock:
            self._size += size(made) - self._values.get(key, (made, 0))[1]
            self._values[key] = made, size(made)
            while self._size > self.most and len(self._values) > 1:
                self._size -= self._values.popitem(last=False)[1][1]
        return made
