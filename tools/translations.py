"""Keep the catalogues in step with the code and the templates.

`update` brings every catalogue up to date and leaves what is new for the translator; English, the
language of the source, is filled in from it. `check` changes nothing and fails when a catalogue
is not current, not complete or cannot be compiled.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = Path("pmo/translations")
LOCALES = ("en", "ru")
SOURCE_LOCALE = "en"
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
ABOUT = {
    "header_comment": "# What people read in the pages, the API and on the command line.",
    "fuzzy": False,
    "project": "pmo",
    "version": "1",
    "msgid_bugs_address": "none",
    "last_translator": "the PMO project contributors",
    "language_team": "the PMO project contributors",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def main(arguments: list[str]) -> int:
    """Run the one command that is named; return the exit status."""
    os.chdir(ROOT)  # so that the catalogues name files as the repository does
    if arguments == ["update"]:
        return update()
    if arguments == ["check"]:
        return check()
    print("usage: tools/translations.py update|check", file=sys.stderr)
    return 2


def update() -> int:
    """Write every catalogue anew from the messages of the source."""
    source = extract()
    for locale in LOCALES:
        path = path_of(locale)
        catalogue = read(path, locale)
        catalogue.update(deepcopy(source), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        for name, value in ABOUT.items():
            setattr(catalogue, name, value)
        if locale == SOURCE_LOCALE:
            for message in messages(catalogue):
                message.string = message.id
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
        waiting = sum(1 for message in messages(catalogue) if "" in forms(message.string))
        print(f"{path}: {len(catalogue)} messages, {waiting} to translate")
    return 0


def check() -> int:
    """Print every fault of every catalogue; return 1 when there is one."""
    source = extract()
    faults = [
        f"{path_of(locale)}: {fault}" for locale in LOCALES for fault in faults_of(locale, source)
    ]
    print("\n".join(faults) or f"{len(source)} messages, complete in: {', '.join(LOCALES)}")
    return 1 if faults else 0


def extract() -> Catalog:
    """Return the messages that the code and the templates ask for."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        command = ["pybabel", "--quiet", "extract", "--mapping-file", "babel.cfg"]
        for keyword in KEYWORDS:
            command += ["--keyword", keyword]
        command += ["--add-location", "file", "--output-file", str(target), "."]
        CommandLineInterface().run(command)
        with target.open("rb") as file:
            return read_po(file)


def faults_of(locale: str, source: Catalog) -> Iterator[str]:
    """Yield what is wrong with one catalogue, as lines for a person."""
    path = path_of(locale)
    if not path.is_file():
        yield "is missing; run `make translations`"
        return
    catalogue = read(path, locale)
    wanted, present = keys(source), keys(catalogue)
    for key in sorted(wanted - present):
        yield f"lacks {key[0]!r}; run `make translations`"
    for key in sorted(present - wanted):
        yield f"{key[0]!r} is used nowhere; run `make translations`"
    if catalogue.obsolete:
        yield f"{len(catalogue.obsolete)} obsolete messages; run `make translations`"
    for message in messages(catalogue):
        for fault in faults_of_message(message, catalogue.num_plurals):
            yield f"{forms(message.id)[0]!r} {fault}"
    write_mo(BytesIO(), catalogue)


def faults_of_message(message: Message, plurals: int) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    if message.fuzzy:
        yield "is fuzzy"
    translated = forms(message.string)
    if "" in translated:
        yield "is not translated"
        return
    if message.pluralizable and len(translated) != plurals:
        yield f"has {len(translated)} plural forms, not {plurals}"
    allowed = set(PLACEHOLDER.findall(" ".join(forms(message.id))))
    for text in translated:
        used = set(PLACEHOLDER.findall(text))
        if used - allowed or (allowed - used and not message.pluralizable):
            yield f"has other placeholders: {sorted(used)}, not {sorted(allowed)}"


def path_of(locale: str) -> Path:
    """Return where a locale's catalogue is, whether it exists or not."""
    return CATALOGUES / locale / "LC_MESSAGES" / "messages.po"


def read(path: Path, locale: str) -> Catalog:
    """Return the catalogue of a file, or a new one."""
    if not path.is_file():
        return Catalog(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header, which has an empty id."""
    return (message for message in catalogue if message.id)


def keys(catalogue: Catalog) -> set[tuple[str, str, str]]:
    """Return what tells messages apart: text, plural text and context."""
    return {
        (forms(message.id)[0], forms(message.id)[-1], message.context or "")
        for message in messages(catalogue)
    }


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return a text and its plural forms, or the one text, as a list."""
    return [text] if isinstance(text, str) else list(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
