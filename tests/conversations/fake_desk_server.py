"""The fake desk behind HTTP, for the real action server to call."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from actions.desk_client import DeskError
from tests.actions.fake_desk import FakeDesk


class FakeDeskServer:
    """Serves a FakeDesk that a test may swap at any time."""

    def __init__(self, port: int = 0) -> None:
        self.desk = FakeDesk()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                try:
                    status, answer = 200, outer.answer(self.path, self.headers.get("Idempotency-Key"), body)
                except DeskError as problem:
                    status = 503 if problem.code == "unreachable" else 409
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

    def answer(self, path: str, key: str | None, body: dict) -> dict | None:
        desk = self.desk
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
