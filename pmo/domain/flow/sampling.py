"""Futures drawn from what was finished on each day of the past.

A day of a run is a day of the past, drawn with replacement, days without a finished card included.
Days are not drawn one by one but in blocks of 1, 2, 4 … of them: how the sum of a block is
distributed is known exactly, and so is how the sum of a half is once the whole is known. A block
is divided only where somebody looks into it. The outcome is distributed as if every day were
drawn, in a hundredth of the time; and all questions to one `Futures` are answered from the same
runs, so that more cards never take fewer days.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random

RUNS = 10_000
FULL_BLOCK = 64
"""How many cards a block is to bring, about, at the least."""

MOST_HALVINGS = 16
TABLE = 1 << 16
"""Chances of the halves, drawn once and used by run, block and half."""

NEGLIGIBLE = 1e-18


class Sums:
    """How the cards of so many days are distributed: `weights[i]` is the chance of `low + i`."""

    def __init__(self, low: int, weights: list[float]) -> None:
        first = next(i for i, weight in enumerate(weights) if weight > NEGLIGIBLE)
        last = next(i for i in reversed(range(len(weights))) if weights[i] > NEGLIGIBLE)
        self.low = low + first
        self.weights = weights[first : last + 1]

    @classmethod
    def of_day(cls, history: Sequence[int]) -> "Sums":
        """Return what a day brings."""
        weights = [0.0] * (max(history) + 1)
        for count in history:
            weights[count] += 1 / len(history)
        return cls(0, weights)

    def doubled(self) -> "Sums":
        """Return what twice as many days bring."""
        weights = [0.0] * (2 * len(self.weights) - 1)
        for i, one in enumerate(self.weights):
            for j, other in enumerate(self.weights, start=i):
                weights[j] += one * other
        return Sums(2 * self.low, weights)

    def first_half(self, total: int) -> tuple[int, list[float]]:
        """Return the least that the first of two equal times brought, and the chances to exceed.

        total: of both times together, which each are distributed like this. chances: growing; one
        for each further value: it is that of a draw from 0 to 1 at the place where the draw falls.
        """
        top = len(self.weights) - 1
        rest = total - 2 * self.low
        first, last = max(0, rest - top), min(top, rest)
        chances = (self.weights[i] * self.weights[rest - i] for i in range(first, last + 1))
        *growing, whole = accumulate(chances)
        return self.low + first, [chance / whole for chance in growing]


class Futures:
    """Runs into the future. history: cards finished on each day; at least one is not 0."""

    def __init__(self, history: Sequence[int], *, seed: int, runs: int = RUNS) -> None:
        if not any(history):
            message = "from nothing that was ever finished no future can be drawn"
            raise ValueError(message)
        self.runs = runs
        self._sums = [Sums.of_day(history)]
        mean = sum(history) / len(history)
        while mean * 2 ** (len(self._sums) - 1) < FULL_BLOCK and len(self._sums) <= MOST_HALVINGS:
            self._sums.append(self._sums[-1].doubled())
        self.block_days = 2 ** (len(self._sums) - 1)
        self._random = Random(seed)  # noqa: S311 - a simulation, no secret
        self._chances = [self._random.random() for _ in range(TABLE)]
        self._blocks: list[list[int]] = []
        self._halves: dict[tuple[int, int], tuple[int, list[float]]] = {}

    def days_until(self, count: int) -> list[int]:
        """Return after how many days each run has finished so many cards; 0 for none."""
        if count <= 0:
            return [0] * self.runs
        done = [0] * self.runs
        days = [0] * self.runs
        going = list(range(self.runs))
        number = 0
        while going:
            block = self._block(number)
            still = []
            for run in going:
                total = done[run] + block[run]
                if total < count:
                    done[run] = total
                    still.append(run)
                else:
                    within = self._days_within(run, number, block[run], count - done[run])
                    days[run] = number * self.block_days + within
            going = still
            number += 1
        return days

    def finished_within(self, days: int) -> list[int]:
        """Return how many cards each run has finished after so many days."""
        whole, rest = divmod(max(days, 0), self.block_days)
        done = [0] * self.runs
        for number in range(whole):
            done = list(map(int.__add__, done, self._block(number)))
        if rest:
            block = self._block(whole)
            for run in range(self.runs):
                done[run] += self._count_within(run, whole, block[run], rest)
        return done

    def _block(self, number: int) -> list[int]:
        """Return what each run finishes in a block of days; drawn once, in the order of blocks."""
        sums = self._sums[-1]
        values = range(sums.low, sums.low + len(sums.weights))
        while len(self._blocks) <= number:
            drawn = self._random.choices(
                values, cum_weights=list(accumulate(sums.weights)), k=self.runs
            )
            self._blocks.append(drawn)
        return self._blocks[number]

    def _days_within(self, run: int, number: int, total: int, count: int) -> int:
        """Return after how many days of a block the cards still missing are done."""
        days, node = 0, 1
        for level in reversed(range(len(self._sums) - 1)):
            first = self._first_half(run, number, node, level, total)
            node *= 2
            if first >= count:
                total = first
            else:
                days += 2**level
                count -= first
                total -= first
                node += 1
        return days + 1

    def _count_within(self, run: int, number: int, total: int, days: int) -> int:
        """Return how many cards are done after some days of a block."""
        done, node = 0, 1
        for level in reversed(range(len(self._sums) - 1)):
            if not days:
                break
            first = self._first_half(run, number, node, level, total)
            node *= 2
            if days < 2**level:
                total = first
            else:
                days -= 2**level
                done += first
                total -= first
                node += 1
        return done

    def _first_half(self, run: int, number: int, node: int, level: int, total: int) -> int:
        """Return what the first half of a part of a block brought: always the same of the same."""
        key = level, total
        halves = self._halves.get(key)
        if halves is None:
            halves = self._halves[key] = self._sums[level].first_half(total)
        low, chances = halves
        place = (run * 40_503 + number * 9_176 + node * 25_717) % TABLE
        return low + bisect_right(chances, self._chances[place])
