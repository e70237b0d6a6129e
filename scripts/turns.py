"""`make turns`: how long a turn takes, through the front door of the service that `make run` has started."""

from __future__ import annotations

import json
import os
import statistics
import time
import urllib.error
import urllib.request
import uuid
from typing import Callable, Sequence

from scripts import parts
from scripts.console import Failure, say

TURNS = 60
PLAIN, LOOK_UP = ["你好"], ["查进度", "取消"]


def main() -> None:
    """Print p50 and p95 of a plain turn and of one with a look-up, one at a time, each in a conversation of its own."""
    key = os.environ.get("DESK_REST_CHANNEL_KEY")
    if not key:
        raise Failure("Set DESK_REST_CHANNEL_KEY for make run and for make turns: it opens the channel to measure.")
    url = f"http://{parts.HOST}:{parts.read_ports()['DESK_PORT']}/webhooks/rest/webhook"
    say_of("plain turn", measure(PLAIN, lambda sender, text: ask(url, key, sender, text)))
    say_of("turn with a look-up", measure(LOOK_UP, lambda sender, text: ask(url, key, sender, text)))


def measure(texts: Sequence[str], ask_bot: Callable[[str, str], None]) -> list[float]:
    """Milliseconds that the first of the texts took, many times over; the others bring the talk to its end."""
    taken = []
    for _ in range(TURNS):
        sender = uuid.uuid4().hex  # limits are kept for each conversation
        begun = time.monotonic()
        ask_bot(sender, texts[0])
        taken.append((time.monotonic() - begun) * 1000)
        for text in texts[1:]:
            ask_bot(sender, text)
    return taken


def ask(url: str, key: str, sender: str, text: str) -> None:
    """One turn; it has ended when the answer is there."""
    body = json.dumps({"sender": sender, "message": text}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as answer:
            replies = json.load(answer)
    except urllib.error.URLError as problem:
        raise Failure(f"The service does not answer ({problem}); start it with make run.") from problem
    if not replies:
        raise Failure("A turn was answered with nothing, so there is nothing to measure.")


def say_of(what: str, taken: Sequence[float]) -> None:
    """One line of figures."""
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    say(f"{what:20} p50 {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms   ({len(taken)} turns)")
