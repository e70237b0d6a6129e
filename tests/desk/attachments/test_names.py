"""Names are shown to people: they carry no path, no trick and no wrong extension."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.attachments.rules import NAME_LIMIT, agent_may_see, has_room, looks_foreign, shown_name, user_may_see
from desk.conversations.enums import Author

JPG = (".jpg", ".jpeg")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Photo.JPEG", "Photo.JPEG"),
        ("封号截图 2026.jpg", "封号截图 2026.jpg"),
        ("👩‍💻 屏幕.jpg", "👩💻 屏幕.jpg"),
        ("photo.png", "photo.jpg"),
        ("evil.html", "evil.jpg"),
        ("photo.jpg.exe", "photo.jpg.jpg"),
        ("photo", "photo.jpg"),
        ("v1.2 截图", "v1.2 截图.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\windows\\win.ini", "win.jpg"),
        ("C:\\fakepath\\a.jpg", "a.jpg"),
        ("/", "image.jpg"),
        ("..", "image.jpg"),
        (".jpg", "image.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("", "image.jpg"),
        (" \t\n ", "image.jpg"),
        ("a\x00b\x1b[31m\r\nSet-Cookie: x.jpg", "ab[31m Set-Cookie: x.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("\u2066a\u2069\u200f\u200b\ufeff.jpg", "a.jpg"),
        ("half\ud83d.jpg", "half.jpg"),
        ('a"b.jpg', 'a"b.jpg'),
    ],
)
def test_a_name_is_shown_without_its_tricks(given_name, shown):
    assert shown_name(given_name, JPG, "image") == shown


@given(st.text(max_size=300))
def test_whatever_it_is_called_it_can_be_shown(name):
    shown = shown_name(name, JPG, "image")
    assert len(shown) <= NAME_LIMIT and shown.lower().endswith(JPG) and len(shown) > 4
    assert not set(shown) & set("/\\\r\n\t\0") and shown[0] not in ". "
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in shown)
    assert shown_name(shown, JPG, "image") == shown


def test_a_long_name_keeps_its_extension():
    assert shown_name("长" * 300 + ".jpeg", JPG, "image") == "长" * (NAME_LIMIT - 5) + ".jpeg"


class Row:
    """What the rules look at."""

    def __init__(self, author=Author.USER, message_id=None, agent_id=None):
        self.conversation_id, self.author, self.message_id, self.agent_id = "c_1", author, message_id, agent_id


@pytest.mark.parametrize(
    ("row", "user", "lin", "zhou"),
    [
        (Row(), True, False, False),
        (Row(message_id="m"), True, True, True),
        (Row(Author.AGENT, agent_id="lin"), False, True, False),
        (Row(Author.AGENT, "m", agent_id="lin"), True, True, True),
    ],
    ids=["user's draft", "user's", "agent's draft", "agent's"],
)
def test_what_is_not_sent_is_seen_by_whoever_uploaded_it(row, user, lin, zhou):
    assert user_may_see(row, "c_1") is user
    assert not user_may_see(row, "c_2")
    assert (agent_may_see(row, "lin"), agent_may_see(row, "zhou")) == (lin, zhou)


def test_room_ends_exactly_at_the_limit():
    assert has_room(60, 40, 100) and not has_room(60, 41, 100)


def test_a_folder_with_more_strangers_than_own_files_is_left_alone():
    assert looks_foreign(0, 1) and looks_foreign(3, 4) and not looks_foreign(4, 4) and not looks_foreign(0, 0)
