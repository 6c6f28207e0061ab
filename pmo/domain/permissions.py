"""The one capability table: who may do what, read by server, templates and docs.

A person has an office role (`Role`) and, project by project, a membership
(`MemberRole`). An office role grants its capabilities everywhere; a membership
grants its own in that project, below the ceiling of the office role.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pmo.domain.vocabulary import MemberRole, Role, TokenScope


class Capability(StrEnum):
    """What a route or a command needs. Every route declares exactly one."""

    PUBLIC = "public"
    OWN_ACCOUNT = "own_account"
    OWN_TOKENS = "own_tokens"
    OWN_NOTIFICATIONS = "own_notifications"
    OWN_VIEW = "own_view"
    PORTFOLIO_READ = "portfolio_read"
    INITIATIVE_PROPOSE = "initiative_propose"
    PROGRAMMES_EDIT = "programmes_edit"
    CALENDAR_EDIT = "calendar_edit"
    PORTFOLIO_EXPORT = "portfolio_export"
    PORTFOLIO_IMPORT = "portfolio_import"
    USERS_MANAGE = "users_manage"
    PROJECT_READ = "project_read"
    PROJECT_EDIT = "project_edit"
    PROJECT_STAFF = "project_staff"
    SPRINT_PLAN = "sprint_plan"
    GATE_SUBMIT = "gate_submit"
    GATE_DECIDE = "gate_decide"
    BOARD_CONFIGURE = "board_configure"
    TASK_COMMENT = "task_comment"
    TASK_EDIT = "task_edit"
    TASK_WATCH = "task_watch"


C = Capability

SIGNED_IN = frozenset(
    {
        C.PUBLIC,
        C.OWN_ACCOUNT,
        C.OWN_TOKENS,
        C.OWN_NOTIFICATIONS,
        C.PORTFOLIO_READ,
        C.INITIATIVE_PROPOSE,
    }
)
PROJECT_READER = frozenset({C.PROJECT_READ, C.OWN_VIEW, C.TASK_WATCH})
PROJECT_GUEST = PROJECT_READER | {C.TASK_COMMENT}
PROJECT_WORKER = PROJECT_GUEST | {C.TASK_EDIT}
PROJECT_LEADER = PROJECT_WORKER | {
    C.PROJECT_EDIT,
    C.PROJECT_STAFF,
    C.SPRINT_PLAN,
    C.GATE_SUBMIT,
    C.BOARD_CONFIGURE,
}
OFFICE_HEAD = (
    SIGNED_IN
    | PROJECT_LEADER
    | {C.GATE_DECIDE, C.PROGRAMMES_EDIT, C.CALENDAR_EDIT, C.PORTFOLIO_EXPORT}
)

BY_ROLE: dict[Role, frozenset[Capability]] = {
    Role.ADMINISTRATOR: OFFICE_HEAD | {C.USERS_MANAGE, C.PORTFOLIO_IMPORT},
    Role.DIRECTOR: OFFICE_HEAD,
    Role.PROJECT_LEAD: SIGNED_IN,
    Role.METHODIST: SIGNED_IN,
    Role.OBSERVER: SIGNED_IN,
}
"""What an office role grants on every object."""

OFFICE_READERS = tuple(role for role in Role if C.PROJECT_READ in BY_ROLE[role])
"""The office roles that see every project."""

BY_MEMBERSHIP: dict[MemberRole, frozenset[Capability]] = {
    MemberRole.LEAD: PROJECT_LEADER,
    MemberRole.MEMBER: PROJECT_WORKER,
    MemberRole.OBSERVER: PROJECT_GUEST,
}
"""What a membership grants in its project."""

CEILING: dict[Role, frozenset[Capability]] = {
    Role.ADMINISTRATOR: PROJECT_LEADER,
    Role.DIRECTOR: PROJECT_LEADER,
    Role.PROJECT_LEAD: PROJECT_LEADER,
    Role.METHODIST: PROJECT_LEADER,
    Role.OBSERVER: PROJECT_READER,
}
"""The most that any membership can give to a person of an office role."""

WITHOUT_TOKEN = frozenset({C.OWN_TOKENS, C.OWN_ACCOUNT, C.USERS_MANAGE})
"""Never by an API token: a token mints no tokens, and touches no account."""

READING = frozenset({C.PUBLIC, C.PORTFOLIO_READ, C.PROJECT_READ, C.PORTFOLIO_EXPORT})
"""What a token of the scope `read` may do."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in person, by session or by API token.

    scopes: None for a session; the token's scopes otherwise.
    """

    user_id: int
    login: str
    name: str
    role: Role
    scopes: frozenset[TokenScope] | None = None


@dataclass(frozen=True, slots=True)
class RuleActor(Actor):
    """A rule of a board that acts by itself: as the lead of its project, and nowhere else.

    It is nobody: the journal names the rule instead of a person.
    """

    project_id: int = 0
    rule: str = ""

    @classmethod
    def of(cls, rule: str, project_id: int) -> "RuleActor":
        """Return the actor that a rule of a project's board is."""
        return cls(0, "", "", Role.METHODIST, project_id=project_id, rule=rule)

    def signature(self) -> dict[str, Any]:
        """Return how the journal names it among the particulars of what it does."""
        return {"rule": self.rule}


@dataclass(frozen=True, slots=True)
class RecurrenceActor(RuleActor):
    """The cyclogram that makes a card: for whoever set the recurring task up.

    said: what its event tells beside, portable.
    """

    said: tuple[tuple[str, Any], ...] = ()

    def signature(self) -> dict[str, Any]:
        """Return what tells the card's event where it comes from."""
        return dict(self.said)


def membership_of(actor: Actor, project_id: int, role: MemberRole | None) -> MemberRole | None:
    """Return an actor's part in a project. role: of the membership, if there is one."""
    if isinstance(actor, RuleActor):
        return MemberRole.LEAD if actor.project_id == project_id else None
    return role


def office_may(actor: Actor | None, capability: Capability) -> bool:
    """Tell whether the office role alone allows it, on any object."""
    if actor is None:
        return capability is Capability.PUBLIC
    return capability in BY_ROLE[actor.role] and token_may(actor, capability)


def may(actor: Actor | None, capability: Capability, membership: MemberRole | None) -> bool:
    """Tell whether the actor may do it in a project where they have this membership."""
    if actor is None or office_may(actor, capability):
        return office_may(actor, capability)
    if membership is None or not token_may(actor, capability):
        return False
    return capability in BY_MEMBERSHIP[membership] & CEILING[actor.role]


def could_ever(actor: Actor | None, capability: Capability) -> bool:
    """Tell whether some membership would allow it: the check before any object is loaded."""
    return any(may(actor, capability, membership) for membership in (None, *MemberRole))


def token_may(actor: Actor, capability: Capability) -> bool:
    """Tell whether the scopes of the actor's token, if any, cover it."""
    if actor.scopes is None:
        return True
    if capability in WITHOUT_TOKEN:
        return False
    return TokenScope.WRITE in actor.scopes or (
        TokenScope.READ in actor.scopes and capability in READING
    )
