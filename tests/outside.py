"""Boards as other programs give them out."""

import json
from typing import Any

TRELLO: dict[str, Any] = {
    "name": "Seminar",
    "lists": [
        {"id": "l2", "name": "Готово", "pos": 2},
        {"id": "l1", "name": "queue", "pos": 1},
        {"id": "l3", "name": "Old", "pos": 3, "closed": True},
    ],
    "members": [
        {"id": "m1", "fullName": "Mila", "username": "mila_p"},
        {"id": "m2", "fullName": "Somebody Else", "username": "lev"},
        {"id": "m3", "fullName": "Nobody Known", "username": "nk"},
    ],
    "labels": [
        {"id": "b1", "name": "urgent", "color": "red"},
        {"id": "b2", "name": "", "color": "green_dark"},
    ],
    "cards": [
        {
            "id": "c2",
            "name": "Second",
            "idList": "l1",
            "pos": 20,
            "due": "2025-03-01T21:30:00.000Z",
            "idMembers": ["m1", "m3"],
            "idLabels": ["b1", "b2"],
        },
        {
            "id": "c1",
            "name": "First",
            "desc": "**Bold**",
            "idList": "l1",
            "pos": 10,
            "due": "2025-03-01T20:59:00.000Z",
            "start": "2025-02-01T00:00:00.000Z",
            "dueComplete": True,
            "attachments": [{"url": "https://example.org/a"}, {"url": "https://example.org/b"}],
            "badges": {"comments": 5},
        },
        {"id": "c7", "name": "Pattern", "idList": "l1", "pos": 11, "isTemplate": True},
        {"id": "c3", "name": "Closed", "idList": "l2", "pos": 5, "closed": True},
        {"id": "c4", "name": "Of a closed list", "idList": "l3", "pos": 6},
        {"id": "c5", "name": "  ", "idList": "l1", "pos": 7},
        {"id": "c6", "name": "x" * 250, "idList": "l2", "pos": 8, "due": "tomorrow"},
    ],
    "checklists": [
        {
            "idCard": "c1",
            "name": "Plan",
            "pos": 1,
            "checkItems": [
                {"name": "two", "state": "incomplete", "pos": 2},
                {"name": "one", "state": "complete", "pos": 1},
            ],
        }
    ],
    "actions": [
        {
            "type": "commentCard",
            "date": "2024-05-02T10:00:00.000Z",
            "data": {"text": "Later", "card": {"id": "c1"}},
            "memberCreator": {"fullName": "Mila"},
        },
        {
            "type": "commentCard",
            "date": "2024-05-01T10:00:00.000Z",
            "data": {"text": "Earlier", "card": {"id": "c1"}},
            "memberCreator": {"fullName": "Nobody Known"},
        },
        {"type": "updateCard", "data": {}},
    ],
}


def trello() -> bytes:
    """Return a board of Trello as it exports one."""
    return json.dumps(TRELLO).encode()


CSV = (
    "Название;Статус;Срок;Исполнители;Метки;Вес;Описание\r\n"
    'Семинар;Queue;31.10.2025;Mila, Кто-то;Urgent;3;"Строка\nвторая"\r\n'
    "'=1+1;Новая;2025-11-01;;;;\r\n"
    "\r\n"
    ";Queue;;;;;\r\n"
    "Встреча;;вчера;;;тяжёлый;\r\n"
    "Лишнее;Queue;;;;;;и ещё\r\n"
)
