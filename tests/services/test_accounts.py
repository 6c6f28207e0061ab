"""Accounts: made, edited, disabled; passwords; what the journal keeps of it."""

import json
import threading
from datetime import timedelta

import pytest

from pmo import db as pmo_db
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import Role, TokenScope
from pmo.errors import (
    AlreadyTaken,
    Forbidden,
    Invalid,
    LastAdministrator,
    NotFound,
    SignInFailed,
    StaleVersion,
    TooManyAttempts,
)
from pmo.models import ApiToken, Board, Event, Session, User
from pmo.queries import accounts as queries
from pmo.services import accounts, passwords, sessions, tokens
from tests.cast import NOW, PASSWORD, Cast

HOME = sessions.Entry(address="192.0.2.7", agent="Browser", lifetime=timedelta(days=14))
METHODIST = accounts.Profile(name="Нина Петрова", position="методист", role=Role.METHODIST)
BETTER = "purple lamp eats rain"


def enter(login: str, password: str = PASSWORD) -> sessions.Started:
    return sessions.start(login, password=password, entry=HOME, at=NOW)


def change(actor: Actor, new: str, present: str = PASSWORD) -> sessions.Started:
    return accounts.change_password(
        present, new_password=new, office_name="ИМЦ Крымск", entry=HOME, actor=actor, at=NOW
    )


def test_new_account_enters_with_its_initial_password_and_must_change_it(cast: Cast) -> None:
    made = accounts.create("Nina", profile=METHODIST, actor=cast.ada, at=NOW)

    started = enter("nina", made.password)

    visitor = queries.visitor_by_session(Session.get().token_hash, at=NOW, idle=timedelta(hours=1))
    assert started.user_id == made.user_id
    assert visitor is not None
    assert visitor.must_change_password


def test_initial_password_expires(cast: Cast) -> None:
    made = accounts.create("nina", profile=METHODIST, actor=cast.ada, at=NOW)

    with pytest.raises(SignInFailed):
        sessions.start("nina", password=made.password, entry=HOME, at=made.expires_at)


def test_changed_initial_password_lasts(cast: Cast) -> None:
    made = accounts.create("nina", profile=METHODIST, actor=cast.ada, at=NOW)
    nina = Actor(made.user_id, "nina", METHODIST.name, Role.METHODIST)

    change(nina, BETTER, made.password)

    later = made.expires_at + timedelta(days=1)
    assert sessions.start("nina", password=BETTER, entry=HOME, at=later)
    assert not queries.own(nina).must_change_password


def test_login_is_taken_once_in_any_case_of_letters(cast: Cast) -> None:
    with pytest.raises(AlreadyTaken) as caught:
        accounts.create("LEV", profile=METHODIST, actor=cast.ada, at=NOW)

    assert caught.value.facts == {"field": "login"}


def test_failed_creation_leaves_nothing(cast: Cast) -> None:
    before = User.select().count()

    with pytest.raises(AlreadyTaken):
        accounts.create("lev", profile=METHODIST, actor=cast.ada, at=NOW)

    assert User.select().count() == before
    assert not Event.select().exists()


@pytest.mark.parametrize("login", ["dina", "lev", "mila", "olga", "clea"])
def test_only_an_administrator_manages_accounts(cast: Cast, login: str) -> None:
    actor, clea = cast.actor(login), cast.clea.user_id

    for act in (
        lambda: accounts.create("nina", profile=METHODIST, actor=actor, at=NOW),
        lambda: accounts.edit(clea, profile=METHODIST, expected_version=None, actor=actor, at=NOW),
        lambda: accounts.disable(clea, actor=actor, at=NOW),
        lambda: accounts.enable(clea, actor=actor, at=NOW),
        lambda: accounts.reset_password(clea, actor=actor, at=NOW),
        lambda: queries.users(actor),
        lambda: queries.user(clea, actor),
    ):
        with pytest.raises(Forbidden):
            act()

    assert not Event.select().exists()


def test_a_token_touches_no_account(cast: Cast) -> None:
    ada = Actor(cast.ada.user_id, "ada", "Ada", Role.ADMINISTRATOR, frozenset({TokenScope.WRITE}))

    for act in (
        lambda: accounts.disable(cast.clea.user_id, actor=ada, at=NOW),
        lambda: tokens.create(
            "more", scopes=[TokenScope.WRITE], expires_at=None, actor=ada, at=NOW
        ),
        lambda: change(ada, BETTER),
    ):
        with pytest.raises(Forbidden):
            act()


def test_edit_is_journaled_with_what_changed(cast: Cast) -> None:
    accounts.edit(
        cast.mila.user_id,
        profile=accounts.Profile(name="Mila", position="", role=Role.PROJECT_LEAD),
        expected_version=1,
        actor=cast.ada,
        at=NOW,
    )

    event = Event.get()
    assert event.kind == "account.edited"
    assert event.data == {
        "login": "mila",
        "changes": {"role": ["methodist", "project_lead"]},
    }


def test_edit_over_an_older_version_is_refused(cast: Cast) -> None:
    mila = cast.mila.user_id
    accounts.edit(mila, profile=METHODIST, expected_version=1, actor=cast.ada, at=NOW)

    with pytest.raises(StaleVersion):
        accounts.edit(mila, profile=METHODIST, expected_version=1, actor=cast.ada, at=NOW)


def test_new_name_redraws_the_boards_that_show_it(cast: Cast) -> None:
    before = Board.get_by_id(cast.orchard.board).revision

    accounts.edit(
        cast.mila.user_id, profile=METHODIST, expected_version=None, actor=cast.ada, at=NOW
    )

    assert Board.get_by_id(cast.orchard.board).revision > before
    assert Board.get_by_id(cast.harbour.board).revision == 1


def test_disabling_ends_sessions_and_tokens_at_once(cast: Cast) -> None:
    enter("lev")
    tokens.create("mine", scopes=[TokenScope.READ], expires_at=None, actor=cast.lev, at=NOW)

    accounts.disable(cast.lev.user_id, actor=cast.ada, at=NOW)

    assert not Session.select().exists()
    assert ApiToken.get().revoked_at == NOW
    with pytest.raises(SignInFailed):
        enter("lev")


def test_enabled_again_a_person_enters_but_old_tokens_do_not(cast: Cast) -> None:
    made = tokens.create("mine", scopes=[TokenScope.READ], expires_at=None, actor=cast.lev, at=NOW)
    accounts.disable(cast.lev.user_id, actor=cast.ada, at=NOW)

    accounts.enable(cast.lev.user_id, actor=cast.ada, at=NOW)

    assert enter("lev")
    assert ApiToken.get_by_id(made.token_id).revoked_at == NOW


def test_last_administrator_stays(cast: Cast) -> None:
    ada = cast.ada.user_id

    with pytest.raises(LastAdministrator):
        accounts.disable(ada, actor=cast.ada, at=NOW)
    with pytest.raises(LastAdministrator):
        accounts.edit(ada, profile=METHODIST, expected_version=None, actor=cast.ada, at=NOW)

    assert queries.user(ada, cast.ada).is_active


def test_two_administrators_cannot_disable_one_another_at_once(cast: Cast) -> None:
    User.update(role=Role.ADMINISTRATOR).where(User.login == "dina").execute()
    dina = Actor(cast.dina.user_id, "dina", "Dina", Role.ADMINISTRATOR)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def disable(actor: Actor, other: int) -> None:
        with pmo_db.connection():
            start.wait()
            try:
                accounts.disable(other, actor=actor, at=NOW)
                outcomes.append("done")
            except LastAdministrator:
                outcomes.append("refused")

    threads = [
        threading.Thread(target=disable, args=(cast.ada, dina.user_id)),
        threading.Thread(target=disable, args=(dina, cast.ada.user_id)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]


def test_reset_password_ends_what_the_old_one_opened(cast: Cast) -> None:
    enter("lev")

    made = accounts.reset_password(cast.lev.user_id, actor=cast.ada, at=NOW)

    assert not Session.select().exists()
    assert enter("lev", made.password)
    with pytest.raises(SignInFailed):
        enter("lev")


def test_unknown_account_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        accounts.disable(4711, actor=cast.ada, at=NOW)


def test_password_change_ends_all_sign_ins_and_begins_a_new_one(cast: Cast) -> None:
    old = {enter("lev").token, enter("lev").token}

    fresh = change(cast.lev, BETTER)

    assert fresh.token not in old
    assert Session.select().count() == 1
    assert enter("lev", BETTER)


def test_password_change_wants_the_present_one(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        change(cast.lev, BETTER, present="not this one")

    assert list(caught.value.fields) == ["current_password"]
    assert enter("lev")


def test_weak_wishes_lock_nobody_out(cast: Cast) -> None:
    for _ in range(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE + 1):
        with pytest.raises(Invalid):
            change(cast.lev, "short")

    assert change(cast.lev, BETTER)


def test_present_password_cannot_be_guessed_in_an_open_browser(cast: Cast) -> None:
    for number in range(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE):
        with pytest.raises(Invalid):
            change(cast.lev, BETTER, present=f"guess {number}")

    with pytest.raises(TooManyAttempts):
        change(cast.lev, BETTER)


@pytest.mark.parametrize(
    "weak",
    [
        "short one",
        "1234567890",
        "qwertyuiop",
        "Qwertyuiop",
        "йцукенгшщз",
        "password2026",
        "пароль12345",
        "gfhjkm12345",
        "passwordpassword",
        "aaaaaaaaaaaa",
        "121212121212",
        "levlevlevlev",
        "lev2026!!",
        "крымскимц2026",
        "x" * 129,
    ],
)
@pytest.mark.one_database
def test_weak_password_is_refused(cast: Cast, weak: str) -> None:
    with pytest.raises(Invalid) as caught:
        change(cast.lev, weak)

    assert list(caught.value.fields) == ["new_password"]


@pytest.mark.parametrize(
    "good",
    [
        "purple lamp eats rain",
        "пять зелёных яблок",
        "kq7zvw3mxt",
        "tttttttt  xy zz",
        "☂☃★♫☂☃★♫☀☁",
        "w" + "abcdefgh " * 14,
        "  leading and trailing  ",
    ],
)
@pytest.mark.one_database
def test_password_of_any_composition_is_taken_whole(cast: Cast, good: str) -> None:
    change(cast.lev, good)

    assert enter("lev", good)
    with pytest.raises(SignInFailed):
        enter("lev", good[:-1])


def test_list_of_common_passwords_is_long_enough() -> None:
    assert len(passwords.common()) >= 3000


def test_journal_and_tables_hold_no_secret(cast: Cast) -> None:
    made = accounts.create("nina", profile=METHODIST, actor=cast.ada, at=NOW)
    started = enter("nina", made.password)
    token = tokens.create(
        "mine", scopes=[TokenScope.READ], expires_at=None, actor=cast.lev, at=NOW
    ).token
    change(cast.lev, BETTER)

    kept = json.dumps(
        [event.data for event in Event.select()]
        + [row.__data__ for model in (User, Session, ApiToken) for row in model.select()],
        default=str,
    )

    for secret in (made.password, started.token, token, PASSWORD, BETTER):
        assert secret not in kept


def test_search_knows_no_case_of_cyrillic_letters(cast: Cast) -> None:
    accounts.create("nina", profile=METHODIST, actor=cast.ada, at=NOW)

    page = queries.users(cast.ada, search="ПЕТРОВА методист")

    assert [user.login for user in page.users] == ["nina"]


def test_list_is_cut_into_pages(cast: Cast) -> None:
    page = queries.users(cast.ada, number=2, size=4)

    assert (page.number, page.pages, page.total) == (2, 2, 6)
    assert [user.login for user in page.users] == ["mila", "olga"]


def test_language_is_kept(cast: Cast) -> None:
    accounts.set_language("en", actor=cast.lev, at=NOW)

    assert queries.own(cast.lev).language == "en"
