"""The client against a real socket."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from actions.desk_client import DeskClient, DeskError


class Script:
    """What the server answers, one after the other, and what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[tuple[str, dict, dict]] = []


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def desk(script: Script) -> Iterator[DeskClient]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "null")
            script.asked.append((self.path, dict(self.headers), body))
            status, answer = script.answers.pop(0)
            content = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield DeskClient(f"http://127.0.0.1:{server.server_port}", "secret")
    server.shutdown()
    server.server_close()


def test_a_look_up_says_who_asks_for_what(desk: DeskClient, script: Script) -> None:
    script.answers = [(200, {"result": "proof_needed"})]
    assert desk.look_up_account("k", "c1", "lucky_2020", None) == {"result": "proof_needed"}
    path, headers, body = script.asked[0]
    assert path == "/internal/account-lookups"
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == "k"
    assert body == {"conversation_id": "c1", "douyin_id": "lucky_2020", "phone": None}


def test_a_write_carries_its_key_and_may_answer_nothing(desk: DeskClient, script: Script) -> None:
    script.answers = [(204, None)]
    assert desk.rate("m1:action_rate:1", "c1", True, None) is None
    assert script.asked[0][1]["Idempotency-Key"] == "m1:action_rate:1"


def test_what_is_done_to_a_case_is_named_by_its_path(desk: DeskClient, script: Script) -> None:
    script.answers = [(200, {"open_cases": []}), (200, {"count": 1}), (200, {"state": "open"})]
    desk.read_conversation("c/1")
    desk.add_to_case("k1", "KF20261120000001", "c1", ["f_1"])
    desk.reopen_case("k2", "../KF", "c1")
    assert [(path, headers.get("Idempotency-Key"), body) for path, headers, body in script.asked] == [
        ("/internal/conversations/c%2F1", None, None),
        ("/internal/cases/KF20261120000001/attachments", "k1", {"conversation_id": "c1", "attachments": ["f_1"]}),
        ("/internal/cases/..%2FKF/reopen", "k2", {"conversation_id": "c1"}),
    ]


def test_a_refusal_has_the_desks_word_and_details(desk: DeskClient, script: Script) -> None:
    script.answers = [(429, {"code": "too_many_tries", "message": "", "details": {"retry_after": 9}})]
    with pytest.raises(DeskError) as refusal:
        desk.look_up_cases("k", "c1", "KF20261120000001", "1")
    assert (refusal.value.code, refusal.value.details) == ("too_many_tries", {"retry_after": 9})
    assert len(script.asked) == 1


def test_a_desk_that_is_restarting_is_asked_again(desk: DeskClient, script: Script) -> None:
    script.answers = [(503, {}), (200, {"result": "not_found"})]
    assert desk.look_up_cases("k", "c1", None, None) == {"result": "not_found"}


def test_tries_are_bounded(desk: DeskClient, script: Script) -> None:
    script.answers = [(503, {"code": "accounts_unavailable"})] * 9
    with pytest.raises(DeskError) as failure:
        desk.look_up_account("k", "c1", "a", None)
    assert failure.value.code == "accounts_unavailable"
    assert len(script.asked) == 3


def test_an_answer_that_is_no_json_is_a_desk_error(desk: DeskClient, script: Script) -> None:
    script.answers = [(200, b"<html>")]
    with pytest.raises(DeskError):
        desk.look_up_account("k", "c1", "a", None)


def test_nobody_there_is_a_desk_error() -> None:
    with pytest.raises(DeskError) as failure:
        DeskClient("http://127.0.0.1:9", "secret").look_up_account("k", "c1", "a", None)
    assert failure.value.code == "unreachable"
