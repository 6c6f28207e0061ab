"""Sign-ins: what begins them, what ends them, and how guessing is slowed down."""

from datetime import timedelta

import pytest

from pmo.db import transaction
from pmo.errors import NotFound, SignInFailed, TooManyAttempts
from pmo.models import Event, Session, SignInAttempt, User
from pmo.queries import accounts as queries
from pmo.services import passwords, sessions
from tests.cast import NOW, PASSWORD, Cast

DAY = timedelta(days=1)
IDLE = timedelta(hours=12)


def entry(address: str = "192.0.2.7") -> sessions.Entry:
    return sessions.Entry(address=address, agent="Browser", lifetime=14 * DAY)


def enter(login: str = "lev", password: str = PASSWORD, *, address: str = "192.0.2.7", at=NOW):
    return sessions.start(login, password=password, entry=entry(address), at=at)


def fail(times: int, login: str = "lev", address: str = "192.0.2.7", at=NOW) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            enter(login, "wrong", address=address, at=at)


def visitor(started: sessions.Started, at=NOW, idle: timedelta = IDLE):
    return queries.visitor_by_session(sessions.hash_of(started.token), at=at, idle=idle)


def test_session_knows_its_person(cast: Cast) -> None:
    found = visitor(enter())

    assert found is not None
    assert found.actor == cast.lev


def test_every_sign_in_has_a_token_of_its_own_and_long_enough(cast: Cast) -> None:
    first, second = enter(), enter()

    assert first.token != second.token
    assert len(first.token) >= 43


def test_session_ends_when_idle(cast: Cast) -> None:
    started = enter()

    assert visitor(started, at=NOW + IDLE - timedelta(seconds=1)) is not None
    assert visitor(started, at=NOW + IDLE) is None


def test_session_ends_after_its_days_however_busy(cast: Cast) -> None:
    started = enter()
    end = started.expires_at
    sessions.seen(sessions.hash_of(started.token), at=end - timedelta(minutes=1))

    assert visitor(started, at=end - timedelta(seconds=1)) is not None
    assert visitor(started, at=end) is None


def test_use_keeps_a_session_alive(cast: Cast) -> None:
    started = enter()
    sessions.seen(sessions.hash_of(started.token), at=NOW + IDLE / 2)

    assert visitor(started, at=NOW + IDLE) is not None


def test_use_is_written_only_after_five_minutes(cast: Cast) -> None:
    started = enter()

    soon, later = (
        visitor(started, at=NOW + timedelta(minutes=5)),
        visitor(started, at=NOW + timedelta(minutes=6)),
    )

    assert soon is not None
    assert later is not None
    assert not soon.is_seen_long_ago
    assert later.is_seen_long_ago


def test_sign_out_ends_the_session_in_the_database(cast: Cast) -> None:
    started, other = enter(), enter()

    sessions.end(sessions.hash_of(started.token), actor=cast.lev, at=NOW)

    assert visitor(started) is None
    assert visitor(other) is not None


def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    started = enter()
    mark = sessions.hash_of(started.token)[: queries.MARK_LENGTH]

    with pytest.raises(NotFound):
        sessions.end_by_mark(mark, actor=cast.clea, at=NOW)
    sessions.end(sessions.hash_of(started.token), actor=cast.clea, at=NOW)

    assert visitor(started) is not None


def test_one_of_several_sessions_is_ended_by_its_mark(cast: Cast) -> None:
    started, other = enter(), enter()
    mark = sessions.hash_of(started.token)[: queries.MARK_LENGTH]

    sessions.end_by_mark(mark, actor=cast.lev, at=NOW)

    assert visitor(started) is None
    assert visitor(other) is not None


def test_disabled_person_is_out_even_if_a_session_were_left(cast: Cast) -> None:
    started = enter()

    User.update(is_active=False).where(User.login == "lev").execute()

    assert visitor(started) is None


def test_guessing_is_stopped(cast: Cast) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE)

    with pytest.raises(TooManyAttempts) as caught:
        enter(password="wrong")

    assert caught.value.facts == {"seconds": 900}


def test_while_guessing_is_stopped_the_right_password_does_not_help_the_guesser(
    cast: Cast,
) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE)

    with pytest.raises(TooManyAttempts):
        enter()


def test_right_password_enters_from_elsewhere_while_somebody_guesses(cast: Cast) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE, address="203.0.113.9")

    assert enter(address="192.0.2.7")


def test_another_person_of_the_same_office_enters_while_one_is_stopped(cast: Cast) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE)

    assert enter("mila")


def test_guessing_many_logins_from_one_source_is_stopped(cast: Cast) -> None:
    for number in range(sessions.ATTEMPTS_PER_SOURCE):
        fail(1, login=f"person{number}")

    with pytest.raises(TooManyAttempts):
        enter("mila")
    assert enter("mila", address="198.51.100.1")


def test_waiting_helps(cast: Cast) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE)

    assert enter(at=NOW + sessions.WINDOW)


def test_success_forgets_the_failures_before(cast: Cast) -> None:
    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE - 1)
    enter()

    fail(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE)


def test_failure_is_counted_even_when_what_follows_breaks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_a: object, **_k: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(sessions.journal, "append", breaks)

    with pytest.raises(RuntimeError):
        enter(password="wrong")

    assert SignInAttempt.select().count() == 1


def test_attempts_of_one_ipv6_customer_count_together(cast: Cast) -> None:
    for number in range(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE):
        fail(1, address=f"2001:db8:1:2::{number + 1:x}")

    with pytest.raises(TooManyAttempts):
        enter(address="2001:db8:1:2:ffff::1")
    assert enter(address="2001:db8:1:3::1")


@pytest.mark.parametrize("login", ["lev", "nobody", "shut"])
def test_as_much_hashing_is_done_for_an_unknown_login(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    """The time is equal because the work is: counted, not measured."""
    User.update(login="shut", is_active=False).where(User.login == "clea").execute()
    passwords.matches("", "warm up: the hash of nobody is made once")
    verified: list[str] = []

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            verified.append(kept)
            return hasher.verify(kept, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    hasher = passwords.hasher
    monkeypatch.setattr(passwords, "hasher", Counting())

    with pytest.raises(SignInFailed):
        enter(login, "wrong")

    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


def test_failed_sign_in_to_a_known_account_is_journaled(cast: Cast) -> None:
    fail(1)

    event = Event.get()
    assert (event.kind, event.actor_id) == ("account.sign_in_failed", None)
    assert event.data == {"login": "lev", "source": "192.0.2.7"}


def test_unknown_login_is_not_kept_in_the_journal(cast: Cast) -> None:
    """People type passwords into the field of the login."""
    fail(1, login="my secret password")

    assert not Event.select().exists()


def test_outdated_hash_is_renewed_at_sign_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = User.get(User.login == "lev").password_hash
    monkeypatch.setattr(passwords, "hasher", passwords.PasswordHasher(1, 16, 1))

    enter()

    after = User.get(User.login == "lev").password_hash
    assert after != before
    assert "m=16" in after


def test_password_changed_during_the_check_does_not_enter(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = passwords.matches

    def meanwhile(kept: str, password: str) -> bool:
        with transaction():
            User.update(password_hash="$other").where(User.login == "lev").execute()
        return matches(kept, password)

    monkeypatch.setattr(passwords, "matches", meanwhile)

    with pytest.raises(SignInFailed):
        enter()

    assert not Session.select().exists()
