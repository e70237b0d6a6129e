"""The desk as the actions see it: the only place of the dialogue that speaks HTTP."""

import logging
import os
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2
ANSWER_SECONDS = 3.5  # twice, it is still less than the desk gives a whole turn
# Everything carries an idempotency key, so it may be sent again: a write happens once, a look-up counts as one try.
RETRIES = Retry(
    total=2,
    read=1,
    backoff_factor=0.2,
    status_forcelist=(502, 503, 504),
    allowed_methods=None,
    raise_on_status=False,
    # "Try again in an hour" is something to tell the user, not to sit through.
    respect_retry_after_header=False,
)


class DeskError(Exception):
    """The desk did not do what was asked. `code` says why: its own word, or `unreachable`."""

    def __init__(self, code: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details or {}


class DeskClient:
    """One method for each thing an action may ask of the desk."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {key}"
        self._session.trust_env = False  # the desk is on this machine, never behind a proxy
        self._session.mount(self._url, HTTPAdapter(max_retries=RETRIES))

    @classmethod
    @lru_cache(maxsize=1)
    def from_environment(cls) -> "DeskClient":
        """The client of this process."""
        return cls(os.environ.get("ACTIONS_DESK_URL", "http://127.0.0.1:8000"), os.environ["DESK_INTERNAL_KEY"])

    def look_up_account(self, key: str, conversation_id: str, douyin_id: str, phone: str | None) -> dict[str, Any]:
        wish = {"conversation_id": conversation_id, "douyin_id": douyin_id, "phone": phone}
        return self._post("/internal/account-lookups", key, wish)

    def look_up_cases(self, key: str, conversation_id: str, number: str | None, phone: str | None) -> dict[str, Any]:
        wish = {"conversation_id": conversation_id, "number": number, "phone": phone}
        return self._post("/internal/case-lookups", key, wish)

    def open_case(self, key: str, case: dict[str, Any]) -> dict[str, Any]:
        return self._post("/internal/cases", key, case)

    def read_conversation(self, conversation_id: str) -> dict[str, Any]:
        return self._ask("GET", f"/internal/conversations/{quote(conversation_id, safe='')}")

    def add_to_case(self, key: str, number: str, conversation_id: str, attachments: list[str]) -> dict[str, Any]:
        wish = {"conversation_id": conversation_id, "attachments": attachments}
        return self._post(f"/internal/cases/{quote(number, safe='')}/attachments", key, wish)

    def reopen_case(self, key: str, number: str, conversation_id: str) -> dict[str, Any]:
        wish = {"conversation_id": conversation_id}
        return self._post(f"/internal/cases/{quote(number, safe='')}/reopen", key, wish)

    def rate(self, key: str, conversation_id: str, satisfied: bool, topic: str | None) -> None:
        rating = {"conversation_id": conversation_id, "satisfied": satisfied, "topic": topic}
        self._post("/internal/ratings", key, rating)

    def _post(self, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._ask("POST", path, json=body, headers={"Idempotency-Key": key})

    def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        timeouts = (CONNECT_SECONDS, ANSWER_SECONDS)
        try:
            answer = self._session.request(method, self._url + path, timeout=timeouts, **request)
            content = answer.json() if answer.content else {}
        except requests.RequestException as problem:
            logger.warning("The desk cannot be reached: %s", type(problem).__name__)
            raise DeskError("unreachable") from problem
        if answer.ok:
            return content
        logger.warning("The desk refused %s: %s %s", path, answer.status_code, content.get("code"))
        raise DeskError(content.get("code", "unreachable"), content.get("details"))
