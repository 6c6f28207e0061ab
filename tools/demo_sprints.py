#!/usr/bin/env python
"""Usage: tools/demo_sprints.py: write the sprints of «ПРОкомьюнити» into pmo/demo/portfolio.yaml.

Takes the demo portfolio as it is written, without sprints, into a database of its own, lets people
act through the services at the moments told below, and writes what came of it into the file: so
that its journal and its reports are what the product itself would keep.
"""

import os
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from pmo import db
from pmo.demo import FILE
from pmo.documents import portfolio_file
from pmo.domain.permissions import Actor
from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import LeftoverDecision, NoteColumn, SprintPolicy, TaskKind
from pmo.models import Board, Column, Label, Project, Sprint, SprintNote, Stage, Task, User
from pmo.queries import portfolio_files
from pmo.services import sprint_closing, sprint_notes, sprint_scope, sprints, tasks
from pmo.services.sprint_closing import Closing
from pmo.services.sprints import Share

CODE = "ПК"
ZONE = ZoneInfo("Europe/Moscow")
FIRST_DAY = date(2021, 8, 30)
K, D = TaskKind, LeftoverDecision

CARDS: dict[str, tuple[str, TaskKind, int, str, str, str]] = {
    "rules": (
        "Правила работы команды проекта",
        K.DOCUMENT,
        3,
        "lead",
        "правила",
        "Правила на одной странице, приняты всеми участниками",
    ),
    "board": (
        "Доска проекта: столбцы, роли, лимиты",
        K.OTHER,
        2,
        "deputy",
        "инструменты",
        "Доска, на которой видна вся работа команды",
    ),
    "survey": (
        "Опрос кураторов сообществ об ожиданиях",
        K.DIAGNOSTICS,
        5,
        "methodist",
        "проектирование",
        "Сводка ответов не меньше двадцати кураторов",
    ),
    "calendar": (
        "Календарь встреч команды до конца года",
        K.DOCUMENT,
        2,
        "lead",
        "команда",
        "Календарь согласован и разослан",
    ),
    "register": (
        "Реестр профессиональных сообществ района",
        K.DOCUMENT,
        5,
        "school-head",
        "проектирование",
        "Реестр с кураторами, составом и планами сообществ",
    ),
    "request": (
        "Письмо школам о составе сообществ",
        K.DOCUMENT,
        1,
        "deputy",
        "проектирование",
        "Письмо отправлено во все школы района",
    ),
    "architecture": (
        "Схема новой архитектуры сообществ",
        K.DOCUMENT,
        5,
        "lead",
        "проектирование",
        "Схема обсуждена с кураторами",
    ),
    "track": (
        "Программа трека «Управление сообществом»",
        K.DOCUMENT,
        8,
        "methodist",
        "обучение",
        "Программа на 36 часов с материалами занятий",
    ),
    "meeting": (
        "Установочная встреча активов сообществ",
        K.EVENT,
        3,
        "deputy",
        "команда",
        "Встреча проведена, решения записаны",
    ),
    "profile": (
        "Профиль куратора сообщества",
        K.DOCUMENT,
        3,
        "methodist",
        "правила",
        "Профиль: роли, задачи, ожидаемые результаты",
    ),
    "site": (
        "Раздел сообществ на сайте ИМЦ",
        K.OTHER,
        3,
        "lead",
        "инструменты",
        "Раздел открыт, на нём страница каждого сообщества",
    ),
    "parents": (
        "Справка для начальника отдела образования",
        K.DOCUMENT,
        2,
        "director",
        "команда",
        "Справка передана в отдел образования",
    ),
    "values": (
        "Семинар о ценностях и принципах коллаборации",
        K.EVENT,
        5,
        "methodist",
        "правила",
        "Семинар проведён, принципы приняты",
    ),
    "mentors": (
        "Отбор наставников для каскадного обучения",
        K.DIAGNOSTICS,
        5,
        "school-head",
        "обучение",
        "Список наставников, согласный со школами",
    ),
    "video": (
        "Видеоролик о сообществах",
        K.OTHER,
        3,
        "deputy",
        "инструменты",
        "Ролик на три минуты",
    ),
    "regulation": (
        "Положение о ПРОкомьюнити",
        K.DOCUMENT,
        3,
        "lead",
        "правила",
        "Положение утверждено приказом",
    ),
    "lesson": (
        "Пробное занятие трека",
        K.EVENT,
        3,
        "methodist",
        "обучение",
        "Занятие проведено, отзывы собраны",
    ),
    "pilot": (
        "Первая группа слушателей трека",
        K.EVENT,
        5,
        "methodist",
        "обучение",
        "Группа набрана, первое занятие проведено",
    ),
    "badges": (
        "Система поощрений для актива",
        K.DOCUMENT,
        3,
        "lead",
        "правила",
        "Система обсуждена с активом и принята",
    ),
    "accelerator": (
        "Сценарий первой сессии «Prof-акселератора»",
        K.EVENT,
        5,
        "deputy",
        "Prof-акселератор",
        "Сценарий, программа и список ведущих",
    ),
    "exchange": (
        "Встреча сообществ «Обмен практиками»",
        K.EVENT,
        3,
        "school-head",
        "команда",
        "Встреча проведена, практики собраны в папке",
    ),
    "minutes": (
        "Шаблон протокола встречи сообщества",
        K.DOCUMENT,
        1,
        "deputy",
        "инструменты",
        "Шаблон размещён в общей папке",
    ),
}
"""Title, kind, weight, who does it, label, and what is expected, by a name for this file."""

SHARES = {"lead": (60, 0), "deputy": (30, 1), "methodist": (80, 0), "school-head": (20, 0)}


def at(text: str) -> datetime:
    """Return a moment at the office: `09-13 10:30`."""
    return datetime.strptime(f"2021-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


class _Story:
    """What people do, one after another."""

    def __init__(self) -> None:
        self.project = Project.get(Project.code == CODE)
        self.board = Board.get(Board.project == self.project)
        columns = Column.select().where(Column.board == self.board)
        self.columns = {column.key: column.id for column in columns}
        self.cards: dict[str, int] = {}

    def actor(self, login: str) -> Actor:
        user = User.get(User.login == login)
        return Actor(user.id, user.login, user.name, user.role)

    def sprint(self, number: int) -> int:
        found = (Sprint.project == self.project) & (Sprint.number == number)
        return int(Sprint.get(found).id)

    def create(self, when: str, *names: str) -> None:
        for minute, name in enumerate(names):
            title, kind, weight, login, label, result = CARDS[name]
            stage = Stage.get((Stage.project == self.project) & (Stage.key == "s2"))
            fields = {
                "title": title,
                "kind": kind,
                "weight": weight,
                "stage_id": stage.id,
                "expected_result": result,
                "assignee_ids": [self.actor(login).user_id],
                "label_ids": [
                    Label.get((Label.project == self.project) & (Label.name == label)).id
                ],
            }
            moment = at(when) + timedelta(minutes=minute)
            made = tasks.create(
                self.columns["c1"], fields=fields, actor=self.actor("lead"), at=moment
            )
            self.cards[name] = made.task_id

    def plan(self, when: str, number: int, goal: str, *names: str) -> None:
        """Write goal and people, and put cards in."""
        lead, sprint = self.actor("lead"), self.sprint(number)
        shares = [Share(self.actor(who).user_id, *share) for who, share in SHARES.items()]
        sprints.edit(
            sprint,
            {"goal": goal, "people": shares},
            expected_version=None,
            actor=lead,
            at=at(when),
        )
        ids = [self.cards[name] for name in names]
        sprint_scope.put_in(sprint, ids, actor=lead, at=at(when) + timedelta(minutes=5))

    def start(self, when: str, number: int) -> None:
        sprints.start(
            self.sprint(number), expected_version=None, actor=self.actor("lead"), at=at(when)
        )

    def put(self, when: str, number: int, name: str, reason: str) -> None:
        ids, lead = [self.cards[name]], self.actor("lead")
        sprint_scope.put_in(self.sprint(number), ids, reason=reason, actor=lead, at=at(when))

    def take(self, when: str, name: str, reason: str) -> None:
        ids, lead = [self.cards[name]], self.actor("lead")
        sprint_scope.take_out(self.project.id, ids, reason=reason, actor=lead, at=at(when))

    def move(self, when: str, name: str, to: str, login: str = "") -> None:
        who = self.actor(login or CARDS[name][3])
        tasks.place(
            self.cards[name], column_id=self.columns[to], confirmed=True, actor=who, at=at(when)
        )

    def edit(self, when: str, name: str, **changes: Any) -> None:
        task = Task.get_by_id(self.cards[name])
        who = self.actor(CARDS[name][3])
        tasks.edit(task.id, changes, base_version=task.version, actor=who, at=at(when))

    def note(self, when: str, number: int, column: NoteColumn, login: str, text: str) -> int:
        return sprint_notes.add(
            self.sprint(number), column=column, text=text, actor=self.actor(login), at=at(when)
        )

    def close(self, when: str, number: int, given: dict[str, Decision], **more: Any) -> None:
        decisions = {self.cards[name]: decision for name, decision in given.items()}
        notes = {
            SprintNote.get(SprintNote.text == text).id: is_next
            for text, is_next in more.pop("note_cards", {}).items()
        }
        sprint_closing.close(
            self.sprint(number),
            Closing(decisions, note_cards=notes, **more),
            expected_version=None,
            confirmed=True,
            zone=ZONE,
            actor=self.actor("lead"),
            at=at(when),
        )


def trial(it: _Story) -> None:
    """Two weeks from 30 August: the team tries sprints out."""
    sprints.lay_out(
        it.project.id,
        count=5,
        starts_on=FIRST_DAY,
        weeks=4,
        trial_weeks=2,
        policy=SprintPolicy.ROLLING,
        actor=it.actor("lead"),
        at=at("08-26 11:00"),
    )
    it.create("08-26 11:20", "rules", "board", "survey", "calendar", "register")
    goal = "Попробовать работать спринтами: договориться о правилах и узнать ожидания кураторов."
    it.plan("08-27 14:00", 0, goal, "rules", "board", "survey", "calendar", "register")
    it.start("08-30 09:40", 0)
    it.move("08-30 10:15", "board", "c3")
    it.move("08-30 11:05", "rules", "c3")
    it.move("08-31 12:30", "board", "c5")
    it.move("08-31 14:10", "survey", "c3")
    it.create("09-01 10:00", "request")
    it.put("09-01 10:10", 0, "request", "Без письма школы не дают состав сообществ")
    it.move("09-01 12:40", "request", "c3")
    it.move("09-02 11:20", "request", "c5")
    it.move("09-02 15:35", "register", "c3")
    it.edit("09-03 10:20", "survey", weight=8)
    it.move("09-03 16:20", "rules", "c4")
    it.edit("09-06 09:50", "register", blocked_reason="Школы ещё не прислали составы сообществ")
    it.move("09-07 12:15", "rules", "c5", "director")
    it.move("09-07 13:00", "calendar", "c3")
    it.move("09-09 10:30", "calendar", "c5")
    it.move("09-10 11:45", "survey", "c5")
    it.note("09-10 12:00", 0, NoteColumn.KEEP, "deputy", "Короткие встречи по понедельникам")
    it.note("09-10 12:05", 0, NoteColumn.STOP, "methodist", "Начинать всё сразу в первый день")
    it.note("09-10 12:10", 0, NoteColumn.TRY, "lead", "Шаблон протокола встречи сообщества")
    reason = "Ответили 12 школ из 40, составы собираем дальше"
    it.close("09-10 16:10", 0, {"register": Decision(D.NEXT_SPRINT, reason)}, goal_met=True)


def first(it: _Story) -> None:
    """Four weeks from 13 September."""
    it.create("09-10 16:40", "architecture", "track", "meeting", "profile", "site")
    goal = "Актив сообществ знает новую архитектуру и соглашается в ней работать."
    it.plan("09-10 17:00", 1, goal, "architecture", "track", "meeting", "profile", "site")
    it.start("09-13 09:45", 1)
    it.move("09-13 10:30", "architecture", "c3")
    it.edit("09-14 11:15", "register", blocked_reason="")
    it.move("09-14 14:00", "profile", "c3")
    it.move("09-16 10:20", "track", "c3")
    it.create("09-17 09:30", "parents")
    it.put("09-17 09:40", 1, "parents", "Поручение отдела образования со сроком 1 октября")
    it.move("09-17 10:00", "parents", "c3")
    it.move("09-21 15:30", "profile", "c4")
    it.move("09-22 12:10", "parents", "c5")
    it.take("09-23 11:00", "site", "Сайт ИМЦ переносят на новую площадку")
    it.move("09-24 13:40", "architecture", "c4")
    it.move("09-27 10:50", "profile", "c5", "lead")
    it.edit("09-28 09:55", "meeting", weight=5)
    it.move("09-28 10:05", "meeting", "c3")
    it.move("09-30 14:30", "architecture", "c3")
    it.edit("10-04 10:10", "register", blocked_reason="Две школы объединяют, состав изменится")
    it.move("10-05 16:00", "meeting", "c5")
    it.move("10-07 12:20", "architecture", "c5", "director")
    _end_of_first(it)


def _end_of_first(it: _Story) -> None:
    it.note("10-08 11:00", 1, NoteColumn.KEEP, "methodist", "Обсуждать черновики с кураторами")
    it.note("10-08 11:04", 1, NoteColumn.STOP, "deputy", "Брать поручения без оценки")
    text = "Собирать данные школ одной формой раз в месяц"
    it.note("10-08 11:09", 1, NoteColumn.TRY, "school-head", text)
    split = Decision(
        D.SPLIT,
        "Готовы два модуля из трёх",
        5,
        D.NEXT_SPRINT,
        "Третий модуль трека «Управление сообществом»",
    )
    left = {
        "register": Decision(D.NEXT_SPRINT, "Ждём решения об объединении школ"),
        "track": split,
    }
    it.close("10-11 09:40", 1, left, goal_met=True, note_cards={text: False})
    it.cards["module"] = Task.get(Task.title == split.rest_title).id
    CARDS["module"] = (split.rest_title, K.DOCUMENT, 3, "methodist", "обучение", "")


def second(it: _Story) -> None:
    """Four weeks from 11 October, with the rest days of November."""
    it.create("10-11 10:00", "values", "mentors", "video", "regulation", "lesson")
    goal = "Правила сообществ приняты, трек опробован на первой группе."
    it.plan("10-11 10:10", 2, goal, "values", "mentors", "video", "regulation", "lesson")
    it.start("10-11 10:40", 2)
    it.move("10-11 11:30", "module", "c3")
    it.move("10-12 10:00", "regulation", "c3")
    it.edit("10-13 12:00", "register", blocked_reason="")
    it.move("10-14 14:20", "values", "c3")
    it.move("10-18 11:10", "module", "c5")
    it.edit("10-19 10:30", "mentors", weight=3)
    it.move("10-19 10:45", "mentors", "c3")
    it.move("10-20 16:10", "regulation", "c4")
    it.move("10-21 12:40", "values", "c5")
    it.move("10-22 09:50", "lesson", "c3")
    it.move("10-25 15:15", "regulation", "c5", "director")
    it.edit("10-26 10:00", "mentors", blocked_reason="Карантин в трёх школах")
    it.move("10-27 11:25", "regulation", "c3", "director")
    it.move("10-28 12:05", "lesson", "c5")
    it.move("10-29 13:30", "regulation", "c5", "director")
    it.note("10-29 15:00", 2, NoteColumn.KEEP, "lead", "Пробное занятие до набора группы")
    it.note("10-29 15:05", 2, NoteColumn.STOP, "director", "Подписывать положение без юриста")
    text = "Приглашать школы на обзор итогов спринта"
    it.note("10-29 15:10", 2, NoteColumn.TRY, "deputy", text)
    left = {
        "register": Decision(D.NEXT_SPRINT, "Осталось сверить данные трёх школ"),
        "mentors": Decision(D.BACKLOG_TOP, "Карантин: вернёмся после каникул"),
        "video": Decision(D.DROP, "Ролик снимет отдел образования"),
    }
    it.close("11-08 09:50", 2, left, goal_met=True, note_cards={text: True})
    it.cards["review"] = Task.get(Task.title == text).id
    CARDS["review"] = (text, K.EVENT, 1, "deputy", "команда", "")


def third(it: _Story) -> None:
    """Weeks that still run, from 8 November."""
    it.edit("11-08 10:05", "review", expected_result="На обзоре не меньше пяти школ", weight=2)
    it.create("11-08 10:15", "pilot", "badges", "accelerator", "exchange")
    goal = "Первая группа учится на треке, «Prof-акселератор» готов к запуску."
    it.plan("11-08 10:30", 3, goal, "pilot", "badges", "accelerator", "exchange")
    it.start("11-08 11:00", 3)
    it.move("11-08 11:40", "pilot", "c3")
    it.move("11-09 10:25", "register", "c3")
    it.move("11-10 12:00", "accelerator", "c3")
    it.create("11-11 10:00", "minutes")
    it.put("11-11 10:05", 3, "minutes", "Нужен к встрече сообществ")
    it.move("11-11 14:30", "minutes", "c3")
    it.move("11-12 11:15", "minutes", "c5")
    it.edit("11-15 10:40", "accelerator", weight=8)
    it.move("11-16 15:20", "pilot", "c5")
    it.edit("11-17 09:45", "exchange", blocked_reason="Нет зала на эту неделю")
    it.move("11-18 13:10", "badges", "c3")
    it.edit("11-19 10:30", "exchange", blocked_reason="")
    it.note("11-19 16:00", 3, NoteColumn.TRY, "school-head", "Сверять реестр прямо на встрече")


def main() -> None:
    """Act, and write what came of it."""
    before = portfolio_file.load(FILE.read_bytes(), "yaml")
    if next(it for it in before["projects"] if it["code"] == CODE)["sprints"]:
        sys.exit("The file has sprints already: take it as it was before them.")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PMO_DATA_DIR": folder}
        command = ["pmo"]
        for arguments in (["db", "upgrade"], ["demo", "load", "--as-written"]):
            subprocess.run([*command, *arguments], check=True, env=environment)
        db.bind(f"sqlite:///{folder}/pmo.sqlite3")
        with db.connection():
            story = _Story()
            for part in (trial, first, second, third):
                part(story)
            content = portfolio_files.export(None)
        db.database.close_all()
    FILE.write_text(merged(FILE.read_text(encoding="utf-8"), content), encoding="utf-8")


def merged(text: str, content: dict[str, Any]) -> str:
    """Return the file with the sprints, their cards and all events in their places."""
    project = next(it for it in content["projects"] if it["code"] == CODE)
    head, body, tail = _part(text, f"- code: {CODE}\n", "\n- code: ")
    sprint_part = {
        "sprint_policy": project["sprint_policy"],
        "sprint_count": project["sprint_count"],
        "sprints": project["sprints"],
    }
    body = body.replace("\n  boards:\n", "\n" + _indented(sprint_part, "  ") + "  boards:\n", 1)
    start, listed = body.split("\n  tasks:\n", 1)
    blocks = {
        int(it[0]): it[1]
        for it in re.findall(
            r"(?ms)^(?=  - number: (\d+)$)(.*?)(?=^  - number: |\Z)", listed + "\n"
        )
    }
    for task in project["tasks"]:
        blocks.setdefault(task["number"], _indented([_short(task)], "  "))
    order = [task["number"] for task in project["tasks"]]
    body = start + "\n  tasks:\n" + "".join(blocks[number] for number in order).rstrip("\n")
    text = head + body + tail
    above, events = text.split("\njournal:\n", 1)
    items = [it for it in re.split(r"(?m)^(?=- at: )", events) if it]
    known = [(yaml.safe_load(it)[0]["at"], it.rstrip("\n") + "\n") for it in items]
    new = content["journal"][len(known) :]
    return above + "\njournal:\n" + "".join(_journal(known, new))


def _journal(known: list[tuple[str, str]], new: list[dict[str, Any]]) -> list[str]:
    """Merge by moment, the new behind the known of the same; acts name their first event anew."""
    both: list[tuple[str, int, Any]] = [(at, nth, it) for nth, (at, it) in enumerate(known, 1)]
    both += [(it["at"], nth, it) for nth, it in enumerate(new, len(known) + 1)]
    both.sort(key=lambda it: it[:2])
    places = {nth: place for place, (_, nth, _it) in enumerate(both, start=1)}
    told = []
    for _, nth, it in both:
        if nth <= len(known):
            told.append(it)
            continue
        event = {key: value for key, value in it.items() if value is not None}
        if "act" in event:
            event["act"] = places[event["act"]]
        told.append(_indented([event], ""))
    return told


def _part(text: str, start: str, end: str) -> tuple[str, str, str]:
    at_ = text.index(start)
    until = text.index(end, at_)
    return text[:at_], text[at_:until], text[until:]


def _short(task: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, as the file does."""
    always = {
        "number",
        "title",
        "period",
        "description",
        "responsible",
        "blocked_reason",
        "plan_number",
    }
    return {k: v for k, v in task.items() if k in always or v not in (None, "", [], {})}


def _indented(value: Any, by: str) -> str:
    dumped = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=94)
    return "".join(f"{by}{line}\n" for line in dumped.splitlines())


if __name__ == "__main__":
    main()
