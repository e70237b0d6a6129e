"""Pages of a host with clients written for Rasa, unchanged, as people use them."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Locator, expect

from scripts.layout import ROOT
from tests.journeys.pages import Visit

CLIENTS = ROOT / "tests" / "clients"
FILES = {
    "/rasa-webchat": ("text/html", CLIENTS / "pages" / "rasa-webchat.html"),
    "/rasa-webchat.js": ("text/javascript", CLIENTS / "node_modules" / "rasa-webchat" / "lib" / "index.js"),
    "/rasahq-webchat": ("text/html", CLIENTS / "pages" / "rasahq-webchat.html"),
    "/rasahq-webchat.js": ("text/javascript", CLIENTS / "dist" / "rasahq-webchat.js"),
}


class Host(BaseHTTPRequestHandler):
    """Serves the host pages, and the clients as npm has them."""

    def do_GET(self) -> None:
        kind, path = FILES.get(self.path.partition("?")[0], ("text/plain", None))
        body = path.read_bytes() if path else b""
        self.send_response(200 if path else 204)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def host() -> Iterator[str]:
    """The origin of a host page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class ClientPage(Visit):
    """A user on a host page with one of the clients open."""

    path: str
    bot_lines: str  # where what the others said stands
    user_lines: str
    token_of_page: str
    keeps_lines: bool  # over a reload

    def __init__(self, browser: Browser, host: str, desk: str) -> None:
        super().__init__(browser, host, 1180, 860)
        self._desk = desk
        # A client that wants a font from elsewhere does without.
        self.page.route("https://fonts.googleapis.com/**", lambda route: route.fulfill(status=200, body=""))

    def begin(self) -> None:
        """Open the page for the first time, until one can write."""
        raise NotImplementedError

    def come(self, **options: str) -> None:
        """Open the page, for the first time or again."""
        more = "".join(f"&{name}={value}" for name, value in options.items())
        self.page.goto(f"{self.path}?desk={self._desk}{more}")

    def leave(self) -> None:
        """Close the page, for now."""
        self.page.goto("about:blank")

    def say(self, text: str) -> None:
        field = self.page.locator("textarea").first
        field.fill(text)
        field.press("Enter")

    def press(self, title: str) -> None:
        self.button(title).last.click()

    def sees(self, text: str) -> None:
        """Until somebody said it."""
        expect(self.page.locator(self.bot_lines).get_by_text(text).last).to_be_visible()

    def shows_a_picture(self) -> bool:
        """Whether the desk's bytes became one."""
        found = "[...document.images].filter((each) => each.src.includes('/api/attachments/') && each.naturalWidth)"
        return bool(self.page.evaluate(f"{found}.length"))

    def button(self, title: str) -> Locator:
        raise NotImplementedError

    def heard(self) -> list[str]:
        """What the others said, as it stands on the screen."""
        return self.page.locator(self.bot_lines).all_inner_texts()

    def said(self) -> list[str]:
        return self.page.locator(self.user_lines).all_inner_texts()

    @property
    def token(self) -> str:
        return self.page.evaluate(self.token_of_page)

    @property
    def conversation_id(self) -> str:
        claims = self.token.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"]


class RasaWebchat(ClientPage):
    """rasa-webchat keeps its session and its lines in the browser's storage."""

    path = "/rasa-webchat"
    bot_lines = ".rw-response"
    user_lines = ".rw-client"
    token_of_page = "JSON.parse(localStorage.getItem('chat_session')).session_id"
    keeps_lines = True

    def begin(self) -> None:
        self.come()
        self.page.locator(".rw-launcher").click()
        self.sees("自动客服")

    def button(self, title: str) -> Locator:
        return self.page.locator(".rw-reply", has_text=title)


class RasaHQWebchat(ClientPage):
    """RasaHQ's client keeps nothing; its host page keeps a token for it."""

    path = "/rasahq-webchat"
    bot_lines = "[data-e2e^=EventContainer-bot] [data-qa=conversation-message-bubbles_div]"
    user_lines = "[data-e2e^=EventContainer-user] [data-qa=conversation-message-bubbles_div]"
    token_of_page = "sessionStorage.getItem('token')"
    keeps_lines = False

    def begin(self) -> None:
        self.come()
        expect(self.page.locator("textarea")).to_be_visible()

    def button(self, title: str) -> Locator:
        return self.page.locator("[data-e2e^=EventContainer-bot] button", has_text=title)
