"""The search: what is found, in which order, by whom; on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from pmo.domain.permissions import Actor
from pmo.domain.search_kinds import SearchKind
from pmo.domain.search_words import normal
from pmo.models import Membership, Task
from pmo.queries.search import MOST, SearchFilters, SearchPage, projects, search
from pmo.services import search_index, tasks
from tests.cast import NOW, Cast


def found(page: SearchPage) -> list[str]:
    """Return keys and titles of what was found."""
    return [f"{text(hit.key)} {text(hit.title)}" for hit in page.items]


def text(fragment: tuple) -> str:
    return "".join(piece.text for piece in fragment)


def marked(fragment: tuple) -> list[str]:
    return [piece.text for piece in fragment if piece.is_match]


def make(cast: Cast, title: str, **fields: object) -> int:
    """Make a card in “Orchard”, as Lev does."""
    column = cast.orchard.columns[0]
    given_fields = {"title": title, **fields}
    return tasks.create(column, fields=given_fields, actor=cast.lev, at=NOW).task_id


def archive(*ids: int) -> None:
    Task.update(archived_at=NOW).where(Task.id.in_(ids)).execute()


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Встреча сообщества наставников", "сообщество"),
        ("Профессиональные сообщества", "СООБЩЕСТВАМИ "),
        ("Ёлка для школы", "елка "),
        ("Елка для школы", "ёлки "),
        ("Отчёт о диагностике", "отчеты по диагностикам"),
        ("Деятельность совета", "деятельнос"),
        ("Наставничество", "наст"),
        ("Read the schools' report", "reporting school"),
        ("Приказ 15-П от 3 мая", "15-п"),
        ("Мастер-класс", "мастер класс"),
        ("Школа и\u0306ога", "йога"),
        ("Круглый стол: итоги", '"круглый стол"'),
        ("Круглый стол: итоги", "«круглого стола» ито"),
    ],
)
def test_words_are_found_in_any_form(cast: Cast, stored: str, asked: str) -> None:
    make(cast, stored)

    assert found(search(asked, cast.lev)) == [f"ШШ-4 {normal(stored)}"]


@pytest.mark.parametrize(
    "asked", ["собор", "сообщество детей", '"наставников сообщества"', "", "   ", '""', "?!-"]
)
def test_what_does_not_fit_is_not_found(cast: Cast, asked: str) -> None:
    make(cast, "Встреча сообщества наставников")

    assert found(search(asked, cast.lev)) == []


@pytest.mark.parametrize("asked", ["ШШ-2", "шш 2", "шш-2", " ШШ – 2 ", "#2", "2"])
def test_the_number_of_a_card_finds_it_first(cast: Cast, asked: str) -> None:
    make(cast, "Приказ 2 и ещё раз 2: ШШ 2")

    assert found(search(asked, cast.lev))[0] == "ШШ-2 Task 2 of Orchard"


def test_title_stands_above_description(cast: Cast) -> None:
    make(cast, "Семинар", description="Обсудить бюджет. Бюджет, бюджет и бюджет")
    make(cast, "Бюджет семинара на весь будущий учебный год")

    assert found(search("бюджет", cast.lev)) == [
        "ШШ-5 Бюджет семинара на весь будущий учебный год",
        "ШШ-4 Семинар",
    ]


def test_archived_cards_stand_below_and_are_marked(cast: Cast) -> None:
    first, second = make(cast, "Бюджет"), make(cast, "Семинар", description="бюджет")
    archive(first)

    page = search("бюджет", cast.lev)

    assert found(page) == ["ШШ-5 Семинар", "ШШ-4 Бюджет"]
    assert [hit.is_archived for hit in page.items] == [False, True]
    assert [hit.object_id for hit in page.items] == [second, first]


def test_fragment_shows_the_words_that_were_looked_for(cast: Cast) -> None:
    filler = "Слова вокруг да около, ничего особенного. " * 20
    make(cast, "Семинар", description=f"{filler}Отчёт <b>сообщества</b> готов. {filler}")

    [hit] = search("отчеты сообществ", cast.lev).items

    assert marked(hit.text) == ["Отчёт", "сообщества"]
    assert text(hit.text).startswith("… ")
    assert text(hit.text).endswith(" …")
    assert "Отчёт <b>сообщества</b> готов." in text(hit.text)


def test_projects_and_passports_are_found(cast: Cast) -> None:
    by_name = search("orchard", cast.lev, SearchFilters(kind=SearchKind.PROJECT))
    by_goal = search("goal orchard", cast.lev)

    assert found(by_name) == ["ШШ Project Orchard"]
    assert [hit.kind for hit in by_goal.items] == [SearchKind.PASSPORT]
    assert marked(by_goal.items[0].text) == ["goal", "Orchard"]


@pytest.mark.parametrize("login", ["ada", "dina", "lev", "mila", "olga"])
def test_whoever_sees_a_project_finds_its_things(cast: Cast, login: str) -> None:
    assert search("orchard", cast.actor(login)).total == 5


@pytest.mark.parametrize(
    "filters",
    [SearchFilters(), SearchFilters(kind=SearchKind.TASK), SearchFilters(kind=SearchKind.PROJECT)],
)
def test_strangers_find_nothing(cast: Cast, filters: SearchFilters) -> None:
    for asked in ("orchard", "ШШ-1", "goal", "task", "1"):
        page = search(asked, cast.clea, filters)
        assert {hit.project_id for hit in page.items} <= {cast.harbour.project}


def test_strangers_find_nothing_in_a_project_they_name(cast: Cast) -> None:
    page = search("orchard", cast.clea, SearchFilters(project_id=cast.orchard.project))

    assert (page.items, page.total) == ((), 0)


def test_what_was_revoked_is_not_found_any_more(cast: Cast) -> None:
    before = search("orchard", cast.mila).total
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    assert (before, search("orchard", cast.mila).total) == (5, 0)


def test_rights_hold_even_where_the_index_is_wrong(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmo.queries.search._scope", lambda *_: [])

    assert search("orchard", cast.clea).total == 0
    assert search("harbour", cast.clea).total == 5


def test_filters_narrow(cast: Cast) -> None:
    harbour = SearchFilters(project_id=cast.harbour.project)
    both = SearchFilters(cast.orchard.project, SearchKind.TASK)

    assert {hit.project_id for hit in search("task", cast.ada, harbour).items} == {
        cast.harbour.project
    }
    assert len(found(search("orchard", cast.ada, both))) == 3


def test_longer_words_that_begin_so_are_found_for_want_of_whole_ones(cast: Cast) -> None:
    make(cast, "Школьник")

    assert found(search("школьн", cast.lev)) == ["ШШ-4 Школьник"]
    make(cast, "Школьный отчёт")
    assert found(search("школьн", cast.lev)) == ["ШШ-5 Школьный отчёт"]
    assert len(found(search("школ", cast.lev))) == 2


def test_of_very_many_projects_only_the_chosen_one_is_offered(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = projects(cast.ada, None)
    monkeypatch.setattr("pmo.queries.search.MOST_PROJECTS", 1)

    assert [code for _, code, _ in both] == ["ГВ", "ШШ"]
    assert projects(cast.ada, None) == ()
    assert projects(cast.ada, cast.orchard.project) == ((cast.orchard.project, "ШШ", "Orchard"),)
    assert projects(cast.lev, None) == ((cast.orchard.project, "ШШ", "Orchard"),)


def test_pages_follow_each_other(cast: Cast) -> None:
    for number in range(5):
        make(cast, f"Бюджет {number}")
    pages = [search("бюджет", cast.lev, page=page, page_size=2) for page in (1, 2, 3, 4)]

    keys = [line for page in pages for line in found(page)]

    assert len(set(keys)) == 5
    assert [len(page.items) for page in pages] == [2, 2, 1, 0]
    assert {(page.total, page.page_count) for page in pages} == {(5, 3)}


@pytest.mark.parametrize("vast", [200_000, 0])
def test_of_very_many_the_best_and_the_newest_are_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, vast: int
) -> None:
    """A very large index gives no scores: there the titles alone are ranked."""
    monkeypatch.setattr("pmo.queries.search_engine.VAST", vast)
    monkeypatch.setattr("pmo.queries.search.MOST", 3)
    monkeypatch.setattr("pmo.queries.search.MOST_OF_VAST", 3)
    make(cast, "Годовой бюджет")
    make(cast, "Обсуждение вопроса о бюджете, годового отчёта и ещё многого другого")
    for number in range(4):
        make(cast, f"Семинар {number}", description="годового бюджета нет")

    pages = [search("годовой бюджет ", cast.lev, page=page, page_size=2) for page in (1, 2)]

    assert [page.has_more for page in pages] == [True, True]
    assert [line for page in pages for line in found(page)] == [
        "ШШ-4 Годовой бюджет",
        "ШШ-5 Обсуждение вопроса о бюджете, годового отчёта и ещё многого другого",
        "ШШ-9 Семинар 3",
    ]
    assert MOST > 100


def test_in_a_vast_index_every_kind_is_found_and_its_beginning_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmo.queries.search_engine.VAST", 0)
    make(cast, "Круглый стол школ")
    make(cast, "Стол для школы, круглый")

    assert found(search('"круглый стол"', cast.lev)) == ["ШШ-4 Круглый стол школ"]
    assert found(search("круглый сто", cast.lev))[0] == "ШШ-4 Круглый стол школ"
    assert {hit.kind.value for hit in search("orchard", cast.lev).items} == {
        *("task", "project", "passport")
    }


def test_number_of_statements_does_not_grow(cast: Cast) -> None:
    with count_queries() as few:
        search("task", cast.lev)
    for number in range(20):
        make(cast, f"Task {number}", description="a task, too")
    with count_queries() as many:
        page = search("task", cast.lev)

    assert page.total == 23
    assert many.count == few.count <= 8


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="\"'«»():*&|!<>-^{}[]\\%_ NEAR AND OR ё1а\x00\u0306", max_size=40),
    )
)
def test_no_input_is_an_error(cast: Cast, asked: str) -> None:
    assert isinstance(search(asked, cast.lev).total, int)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    title=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
)
def test_any_text_can_be_stored_and_is_found_by_itself(cast: Cast, title: str) -> None:
    Task.update(title=title).where(Task.id == cast.orchard.tasks[0]).execute()
    search_index.put(SearchKind.TASK, [cast.orchard.tasks[0]])

    page = search(f"{title} ", cast.lev)

    looked_for = bool(page.total)
    assert looked_for == any(cast.orchard.tasks[0] == hit.task_id for hit in page.items)


def test_actors_without_any_project_find_nothing(cast: Cast) -> None:
    nobody = Actor(10_000, "nobody", "Nobody", cast.mila.role)

    assert search("orchard", nobody).total == 0
