"""API tokens: shown once, kept as a hash, scoped, revocable."""

from datetime import timedelta

import pytest

from pmo.domain.credentials import hash_of
from pmo.domain.vocabulary import TokenScope
from pmo.errors import Invalid, NotFound
from pmo.models import ApiToken, User
from pmo.queries import accounts as queries
from pmo.services import tokens
from tests.cast import NOW, Cast

READ = [TokenScope.READ]


def make(cast: Cast, **given: object) -> tokens.Created:
    asked = {"scopes": READ, "expires_at": None, "actor": cast.lev, "at": NOW, **given}
    return tokens.create("report", **asked)  # type: ignore[arg-type]


def test_token_acts_for_its_owner_within_its_scope(cast: Cast) -> None:
    made = make(cast)

    visitor = queries.visitor_by_token(hash_of(made.token), at=NOW)

    assert visitor is not None
    assert visitor.actor.login == "lev"
    assert visitor.actor.scopes == {TokenScope.READ}


def test_only_the_hash_is_kept(cast: Cast) -> None:
    made = make(cast)

    row = ApiToken.get_by_id(made.token_id)
    assert made.token.startswith("pmo_")
    assert made.token not in str(row.__data__)
    assert row.token_hash == hash_of(made.token)


def test_list_shows_no_token(cast: Cast) -> None:
    made = make(cast)

    [shown] = queries.tokens(cast.lev, at=NOW)

    assert made.token not in str(shown)
    assert hash_of(made.token) not in str(shown)


def test_revoked_token_opens_nothing(cast: Cast) -> None:
    made = make(cast)

    tokens.revoke(made.token_id, actor=cast.lev, at=NOW)

    assert queries.visitor_by_token(hash_of(made.token), at=NOW) is None


def test_expired_token_opens_nothing_from_that_second_on(cast: Cast) -> None:
    end = NOW + timedelta(days=1)
    made = make(cast, expires_at=end)

    assert queries.visitor_by_token(hash_of(made.token), at=end - timedelta(seconds=1))
    assert queries.visitor_by_token(hash_of(made.token), at=end) is None


def test_token_of_a_disabled_person_opens_nothing(cast: Cast) -> None:
    made = make(cast)

    User.update(is_active=False).where(User.login == "lev").execute()

    assert queries.visitor_by_token(hash_of(made.token), at=NOW) is None


def test_nobody_revokes_the_token_of_somebody_else(cast: Cast) -> None:
    made = make(cast)

    with pytest.raises(NotFound):
        tokens.revoke(made.token_id, actor=cast.clea, at=NOW)

    assert queries.visitor_by_token(hash_of(made.token), at=NOW)


def test_token_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        make(cast, expires_at=NOW)

    assert list(caught.value.fields) == ["expires_on"]


def test_tokens_are_limited_in_number(cast: Cast) -> None:
    for _ in range(tokens.MOST_TOKENS):
        make(cast)

    with pytest.raises(Invalid):
        make(cast)


def test_use_is_written_only_after_five_minutes(cast: Cast) -> None:
    made = make(cast)
    name = hash_of(made.token)

    first = queries.visitor_by_token(name, at=NOW)
    tokens.used(name, at=NOW)
    second = queries.visitor_by_token(name, at=NOW + timedelta(minutes=5))

    assert first is not None
    assert second is not None
    assert first.is_seen_long_ago
    assert not second.is_seen_long_ago
