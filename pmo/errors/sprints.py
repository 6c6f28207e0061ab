"""What sprints refuse, and why."""

from pmo.errors.base import Conflict, Sentence, _


def sprint_name(number: int) -> Sentence:
    """Return what people call a sprint inside a sentence."""
    return Sentence(_("sprint {number}"), number=number) if number else Sentence(_("trial sprint"))


class SprintError(Conflict):
    """What a sprint refuses. number: of the sprint; in a sentence it stands by its name."""

    def __init__(self, number: int, **facts: object) -> None:
        super().__init__(sprint=sprint_name(number), number=number, **facts)


class PreviousNotClosed(SprintError):
    """Rolling waves: the sprint waits for the one before it. previous: that one's number."""

    code = "previous_sprint_not_closed"
    template = _(
        "The details of each next sprint are planned only when the previous one has ended:"
        " {sprint} takes cards once {previous} is closed."
    )

    def __init__(self, number: int, *, previous: int) -> None:
        super().__init__(number, previous=sprint_name(previous))


class StartsAfterPrevious(PreviousNotClosed):
    """The same of its start."""

    template = _("One after another: {sprint} can start only when {previous} is closed.")


class AnotherIsActive(SprintError):
    """Only one sprint of a project runs at a time. number: of the one that runs."""

    code = "another_sprint_active"
    template = _("Still running: {sprint}. Close it first; only one sprint runs at a time.")


class SprintFrozen(SprintError):
    """A closed sprint keeps what it was."""

    code = "sprint_closed"
    template = _("Closed: {sprint}. Its report is frozen, and nothing in it changes any more.")


class SprintNotPlanned(SprintError):
    """It has been started already."""

    code = "sprint_not_planned"
    template = _("Started already: {sprint}.")


class SprintNotActive(SprintError):
    """Only a sprint that runs can be closed."""

    code = "sprint_not_active"
    template = _("Not running: {sprint}. Only a sprint that runs can be closed.")


class SprintEmpty(SprintError):
    """It has no cards to start with."""

    code = "sprint_empty"
    template = _("Nothing to start with: {sprint} has no cards yet.")


class ResultsMissing(Conflict):
    """Cards that do not say what is expected of them. cards: their numbers, in a sentence."""

    code = "results_missing"
    template = _(
        "What is to come of a card must be said before its sprint: fill in the expected result"
        " of {cards}."
    )


class SprintCountFixed(Conflict):
    """The number of sprints is fixed when the first one starts. count: beside the trial one."""

    code = "sprint_count_fixed"
    template = _(
        "The number of sprints was fixed at the start: {count}. It changes only where the policy"
        " of the project is free."
    )


class CardsNotForSprint(Conflict):
    """Cards that a sprint does not take: done or archived ones. cards: their numbers."""

    code = "cards_not_for_sprint"
    template = _("These cards are done or in the archive, and belong to no plan: {cards}.")
