"""The fake desk behind HTTP, for the real action server to call."""

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from actions.desk_client import DeskError
from tests.actions.fake_desk import FakeDesk

STATUS = {"unreachable": 503, "not_found": 404}
ON_CASE = re.compile(r"/internal/cases/(?P<number>\w+)/(?P<what>attachments|reopen)")


class FakeDeskServer:
    """Serves a FakeDesk that a test may swap at any time."""

    def __init__(self, port: int = 0) -> None:
        self.desk = FakeDesk()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                conversation_id = self.path.removeprefix("/internal/conversations/")
                self._answer(lambda: outer.desk.read_conversation(conversation_id))

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer(lambda: outer.answer(self.path, self.headers["Idempotency-Key"], body))

            def _answer(self, ask: Callable[[], dict | None]) -> None:
                try:
                    status, answer = 200, ask()
                except DeskError as problem:
                    status = STATUS.get(problem.code, 409)
                    answer = {"code": problem.code, "message": "", "details": problem.details}
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, path: str, key: str, body: dict) -> dict | None:
        desk = self.desk
        if on_case := ON_CASE.fullmatch(path):
            rest = (on_case["number"], body["conversation_id"])
            if on_case["what"] == "reopen":
                return desk.reopen_case(key, *rest)
            return desk.add_to_case(key, *rest, body["attachments"])
        if path == "/internal/account-lookups":
            return desk.look_up_account(key, body["conversation_id"], body["douyin_id"], body["phone"])
        if path == "/internal/case-lookups":
            return desk.look_up_cases(key, body["conversation_id"], body["number"], body["phone"])
        if path == "/internal/cases":
            return desk.open_case(key, body)
        return desk.rate(key, body["conversation_id"], body["satisfied"], body["topic"])

    def close(self) -> None:
        self._server.shutdown()


if __name__ == "__main__":
    server = FakeDeskServer(8899)
    threading.Event().wait()
