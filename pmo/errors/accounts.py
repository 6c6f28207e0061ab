"""What signing in, and the accounts, refuse."""

from pmo.errors.base import Conflict, Forbidden, PmoError, _


class PasswordChangeNeeded(Forbidden):
    """The password is an initial one; nothing else can be done before it is changed."""

    code = "password_change_needed"
    template = _("Choose a password of your own first.")


class ForeignOrigin(Forbidden):
    """The request was made by a page of another site."""

    code = "foreign_origin"
    template = _("This request came from another site and was refused.")


class SignInNeeded(PmoError):
    """Nobody is signed in."""

    code = "sign_in_needed"
    template = _("Sign in first.")


class LastAdministrator(Conflict):
    """Without this person nobody could manage the accounts."""

    code = "last_administrator"
    template = _("This is the last active administrator; appoint another one first.")


class SignInFailed(PmoError):
    """The name or the password is wrong; which of them is not told."""

    code = "sign_in_failed"
    template = _("The login or the password is wrong.")


class TooManyAttempts(PmoError):
    """Sign-in is throttled. seconds: how long to wait."""

    code = "too_many_attempts"
    template = _("Too many attempts. Try again in {seconds} s.")
