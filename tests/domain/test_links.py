"""Addresses that may be shown as links."""

import pytest

from pmo.domain import links


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/",
        "https://пример.рф/отчёт",
        "https://example.org:8443/%D0%B0",
        "https://[2001:db8::1]/",
    ],
)
def test_addresses_of_the_web_are_followable(url):
    assert links.is_followable(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://example.org",
        "data:text/html,<script>",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:secret@example.org/",
        "https://bank.example@evil.example/",
        "https://example.org/a b",
        "https://example.org/\u202egpj.exe",
        "https://exam\nple.org/",
        'https://example.org/"onclick="x',
        "https://example.org\\@evil.example",
        "https://example.org:port/",
        "https://[::1/",
        " https://example.org/",
    ],
)
def test_everything_else_is_not(url):
    assert not links.is_followable(url)
