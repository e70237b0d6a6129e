"""The harness itself: what it holds stays held, what it lets go arrives."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from scripts.ports import free_ports
from tests.journeys.clients import http
from tests.journeys.gateway import Gateway


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was sent, and counts."""

    seen: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(body.decode())
        self.send_response(201)
        self.send_header("X-Kept", "yes")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def seen():
    return []


@pytest.fixture
def echo(seen):
    handler = type("Handler", (Echo,), {"seen": seen})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def ports():
    return free_ports(1)


@pytest.fixture
def gateway(echo, ports):
    gateway = Gateway({"road": (ports[0], echo.server_port)})
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.fixture
def post(ports):
    """Posts in the background."""
    pool = ThreadPoolExecutor(4)
    client = http(f"http://127.0.0.1:{ports[0]}")

    def send(body: str, path: str = "/here") -> Future[httpx.Response]:
        return pool.submit(client.post, path, content=body.encode())

    yield send
    pool.shutdown()


def test_what_is_not_held_passes_both_ways_and_is_noted(gateway, post, seen):
    answer = post("你好").result(5)
    assert (answer.status_code, answer.text, answer.headers["X-Kept"]) == (201, "你好", "yes")
    assert seen == ["你好"]
    assert [passage.body for passage in gateway.passed("road")] == ["你好"]


def test_a_held_request_has_not_arrived_until_it_is_released(gateway, post, seen):
    hold = gateway.hold("road", "/here", "request")
    sent = post("one")
    hold.wait(5)
    assert seen == [] and not sent.done()
    hold.release()
    assert sent.result(5).text == "one" and seen == ["one"]


def test_a_held_answer_has_been_given_but_not_received(gateway, post, seen):
    hold = gateway.hold("road", "/here", "answer")
    sent = post("one")
    hold.wait(5)
    assert seen == ["one"] and not sent.done()
    hold.release()
    assert sent.result(5).status_code == 201


@pytest.mark.parametrize(("point", "arrived"), [("request", []), ("answer", ["one"])])
def test_what_is_dropped_breaks_the_connection(gateway, post, seen, point, arrived):
    hold = gateway.hold("road", "/here", point)
    sent = post("one")
    hold.wait(5).drop()
    with pytest.raises(httpx.TransportError):
        sent.result(5)
    assert seen == arrived


def test_only_the_first_that_fits_is_held(gateway, post, seen):
    hold = gateway.hold("road", "/here", "request", containing="mine")
    assert post("other").result(5).text == "other"
    assert post("mine", "/there").result(5).text == "mine"
    held = post("mine")
    hold.wait(5)
    assert post("mine").result(5).text == "mine"
    hold.release()
    assert held.result(5).text == "mine"


def test_a_dead_part_looks_dead(gateway, post, echo):
    echo.shutdown()
    echo.server_close()
    with pytest.raises(httpx.TransportError):
        post("one").result(5)


def test_waiting_for_what_never_comes_fails(gateway):
    with pytest.raises(AssertionError, match="nothing came"):
        gateway.hold("road", "/here", "request").wait(0.1)
