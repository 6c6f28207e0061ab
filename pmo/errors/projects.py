"""What projects refuse."""

from pmo.errors.base import Conflict, _


class GateClosed(Conflict):
    """There is no passage from this gate to that. gate, target."""

    code = "gate_closed"
    template = _("The project cannot pass from this gate to that one.")


class GateMoved(Conflict):
    """Somebody else passed a gate of this project meanwhile. gate: the one it stands at."""

    code = "gate_moved"
    template = _("Somebody has passed a gate of this project meanwhile. Look at it again.")


class LeadStays(Conflict):
    """The project's lead cannot lose their membership while they lead it."""

    code = "lead_stays"
    template = _("The lead of the project stays its member. Choose another lead first.")
