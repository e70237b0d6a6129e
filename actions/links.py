"""Links to the platform's works, pages and live rooms; what else looks like a link is not ours to judge."""

import re

from actions.values import Problem, Reading, Value, fold, read_douyin_id, read_links

_OURS = re.compile(r"https?://(?:[a-z0-9-]+\.)*(?:douyin|iesdouyin)\.com(?:[/?#]|$)", re.IGNORECASE)
_LIVE = re.compile(r"https?://live\.douyin\.com/(\d{6,19}|[A-Za-z0-9_.]{4,24})", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.|m\.)?([^/?#:]+)", re.IGNORECASE)
_SHARED = re.compile(r"复制(?:此|这)?(?:条)?(?:链接|打开)|打开抖音|看看【")
_ROOM = re.compile(r"(?<!\d)(?:\d{10,12}|[67]\d{18})(?!\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)[67]\d{18}(?!\d)")
_SPEAKS_OF_LIVE = re.compile(r"直播|房间|\b(?:live|room)\b", re.IGNORECASE)


def links_in(text: str) -> list[str]:
    """All links of a message; of a pasted share text only they count."""
    reading = read_links(text)
    return reading.value if isinstance(reading, Value) else []


def own_words(text: str) -> str:
    """What the user says; of a pasted share text, which holds a title, nothing but its links."""
    return " ".join(links_in(text)) if _SHARED.search(text) else text


def our_links(text: str) -> list[str]:
    """Those that lead to the platform."""
    return [link for link in links_in(text) if _OURS.match(link)]


def foreign_host(text: str) -> str | None:
    """Another site that a message links to."""
    foreign = [link for link in links_in(text) if not _OURS.match(link)]
    return _HOST.match(foreign[0])[1] if foreign else None


def room_of_link(link: str) -> str | None:
    """The live room that a link leads to."""
    found = _LIVE.match(link)
    return found[1] if found else None


def find_room(text: str) -> str | None:
    """A live room that a message links to or, speaking of live, gives the number of."""
    rooms = [room for link in our_links(text) if (room := room_of_link(link))]
    if rooms:
        return rooms[0]
    found = _ROOM.search(fold(text))
    return found[0] if found and _SPEAKS_OF_LIVE.search(text) else None


def read_room(text: str) -> Reading:
    """A live room in a reply to the question for it."""
    if room := find_room(text):
        return Value(room)
    if host := foreign_host(text):
        return Problem("link_foreign", host)
    if our_links(text):
        return Problem("link_no_room")
    found = _ROOM.search(fold(text))
    return Value(found[0]) if found else None


def read_our_links(text: str) -> Reading:
    """At least one link to the platform."""
    if ours := our_links(text):
        return Value(ours)
    host = foreign_host(text)
    return Problem("link_foreign", host) if host else Problem("no_link")


def read_target(text: str) -> Reading:
    """What a report is about, as the kind of thing and the thing."""
    if ours := our_links(text):
        room = room_of_link(ours[0])
        return Value({"live_room_id": room} if room else {"content_url": ours[0]})
    if host := foreign_host(text):
        return Problem("link_foreign", host)
    if room := find_room(text):
        return Value({"live_room_id": room})
    if _LONG_NUMBER.search(fold(text)):
        return Problem("long_number")
    reading = read_douyin_id(text)
    return Value({"target_douyin_id": reading.value}, reading.sure) if isinstance(reading, Value) else reading
