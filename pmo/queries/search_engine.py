"""The search index of either database: SQLite's FTS5, PostgreSQL's tsvector.

Both hold stems that were made here, and are asked with expressions that are written here of
stems alone: nothing that anybody types reaches their own syntax. A place of an expression is a
column of FTS5, a weight of tsvector. Beside its words an entry holds its scope: its project and
kind as words that no text can have, so that the index itself passes over what is not asked for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pmo.db import database, is_postgresql
from pmo.domain.search_kinds import ROOM, SearchKind
from pmo.domain.search_terms import Phrase, Terms, Word
from pmo.domain.search_words import stems
from pmo.queries.search_sources import Document

MOST_WORDS = 10_000
"""Words of one place of an entry; what comes later is not found."""

GAP = 16
"""Places between two texts of an entry, so that no phrase begins in one and ends in the next."""

LAST_POSITION = 16_383
"""PostgreSQL knows no later one."""

SHORT = 4
"""Letters of a beginning for which FTS5 keeps a list ready; a longer one takes its time."""

VAST = 200_000
"""Things of a kind from which on the index is too large to be asked for scores."""

SIGN = "¦"
"""No word holds it: it begins the words of a scope, and parts texts from each other."""

ANYWHERE = ("key", "title", "body")
HEADING = ("key", "title")
KEY = ("key",)
WEIGHTS = {"key": "A", "title": "B", "body": "C"}

SQLITE_SCORE = "bm25(search_index, 10.0, 5.0, 1.0, 0.0)"
POSTGRESQL_SCORE = "-ts_rank_cd('{0, 0.1, 0.5, 1}', search_index.words, {p}::tsquery, 1)"


def id_column() -> str:
    """Return the column of the index that holds the numbers of entries."""
    return "search_index.id" if is_postgresql() else "search_index.rowid"


def matching(
    terms: Terms, places: Sequence[str], scope: Sequence[Sequence[str]]
) -> tuple[str, list[Any]]:
    """Return the condition that all terms are found in these places, and its values.

    scope: groups of scopes; an entry must have one of each group.
    """
    if is_postgresql():
        return "search_index.words @@ {p}::tsquery", [_tsquery(terms, places, scope)]
    return "search_index MATCH {p}", [_fts5(terms, places, scope)]


def score(terms: Terms) -> tuple[str, list[Any]]:
    """Return how well an entry fits, the least the best, and the values of that."""
    if is_postgresql():
        return POSTGRESQL_SCORE, [_tsquery(terms, ANYWHERE, ())]
    return SQLITE_SCORE, []


def can_score() -> bool:
    """Tell whether scores come as quickly as matches.

    FTS5 first counts everything that has a word: 8 ms a word where 240,000 of 1,000,000 have it.
    """
    if is_postgresql():
        return True
    [(last,)] = database.execute_sql("SELECT MAX(id) FROM search_entries")
    return (last or 0) < VAST * ROOM


def of_project(project_id: int) -> str:
    """Return the scope of a project."""
    return f"{SIGN}p{project_id}"


def of_kind(kind: SearchKind) -> str:
    """Return the scope of a kind."""
    return f"{SIGN}{kind.value}"


def put(documents: Sequence[Document]) -> None:
    """Write these into the index, or anew."""
    if is_postgresql():
        sql = "INSERT INTO search_index (id, words) VALUES {rows}"
        sql += " ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words"
        _insert(sql, "({p}, {p}::tsvector)", [(it.entry_id, _tsvector(it)) for it in documents])
        return
    sql = "INSERT OR REPLACE INTO search_index (rowid, key, title, body, scope) VALUES {rows}"
    _insert(sql, "({p}, {p}, {p}, {p}, {p})", [(it.entry_id, *_columns(it)) for it in documents])


def remove(entry_ids: Sequence[int]) -> None:
    """Take entries out of the index."""
    column = "id" if is_postgresql() else "rowid"
    for entry_id in entry_ids:
        sql = f"DELETE FROM search_index WHERE {column} = {database.param}"  # noqa: S608
        database.execute_sql(sql, (entry_id,))


def tidy() -> None:
    """Put the index in order after much was written: searches take half the time then."""
    if not is_postgresql():
        database.execute_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")


def clear() -> None:
    """Take everything out of the index."""
    if is_postgresql():
        database.execute_sql("DELETE FROM search_index")
    else:
        database.execute_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")


def _insert(sql: str, one: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        text = sql.replace("{rows}", ", ".join([one] * len(rows))).replace("{p}", database.param)
        database.execute_sql(text, [value for row in rows for value in row])


def _texts(document: Document) -> dict[str, list[list[str]]]:
    """Return the stems of an entry, place by place, text by text."""
    given = {"key": [document.key], "title": [document.title], "body": document.body}
    found: dict[str, list[list[str]]] = {}
    for place, texts in given.items():
        left = MOST_WORDS
        found[place] = []
        for text in texts:
            taken = stems(text)[:left]
            left -= len(taken)
            found[place].append(taken)
    return found


def _scope(document: Document) -> tuple[str, str]:
    return of_project(document.project_id), of_kind(document.kind)


# FTS5: tokens are parted by blanks, and written in quotation marks; stems hold letters and digits.


def _columns(document: Document) -> list[str]:
    texts = _texts(document)
    fence = f" {SIGN} "
    return [
        *(fence.join(" ".join(text) for text in texts[place]) for place in ANYWHERE),
        " ".join(_scope(document)),
    ]


def _fts5(terms: Terms, places: Sequence[str], scope: Iterable[Sequence[str]]) -> str:
    words = " AND ".join(_fts5_term(term) for term in terms.all_of)
    parts = [f"({words})" if places == ANYWHERE else f"{{{' '.join(places)}}} : ({words})"]
    parts += [f"({' OR '.join(map(_quoted, group))})" for group in scope]
    return " AND ".join(parts)


def _fts5_term(term: Word | Phrase) -> str:
    if isinstance(term, Phrase):
        return _quoted(" ".join(term.stems))
    alternatives = [_quoted(stem) for stem in term.stems]
    if term.prefix:
        alternatives.append(f"{_quoted(term.prefix)} *")
    return f"({' OR '.join(alternatives)})"


def _quoted(token: str) -> str:
    return f'"{token}"'


# tsvector and tsquery: written out as such, so that PostgreSQL's own parser takes no part.


def _tsvector(document: Document) -> str:
    lexemes: dict[str, list[str]] = {}
    position = 0
    for place, texts in _texts(document).items():
        for text in texts:
            for stem in text:
                position = min(position + 1, LAST_POSITION)
                lexemes.setdefault(stem, []).append(f"{position}{WEIGHTS[place]}")
            position += GAP
    words = [f"'{stem}':{','.join(places)}" for stem, places in lexemes.items()]
    return " ".join([*words, *(f"'{scope}'" for scope in _scope(document))])


def _tsquery(terms: Terms, places: Sequence[str], scope: Iterable[Sequence[str]]) -> str:
    weights = "".join(WEIGHTS[place] for place in places)
    parts = [_tsquery_term(term, weights) for term in terms.all_of]
    for group in scope:
        lexemes = " | ".join(f"'{one}'" for one in group)
        parts.append(f"({lexemes})")
    return " & ".join(parts)


def _tsquery_term(term: Word | Phrase, weights: str) -> str:
    if isinstance(term, Phrase):
        lexemes = " <-> ".join(f"'{stem}':{weights}" for stem in term.stems)
        return f"({lexemes})"
    alternatives = [f"'{stem}':{weights}" for stem in term.stems]
    if term.prefix:
        alternatives.append(f"'{term.prefix}':*{weights}")
    return f"({' | '.join(alternatives)})"
