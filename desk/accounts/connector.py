"""The only file that speaks to the operator's account system."""

from typing import Any
from urllib.parse import quote

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from desk.errors import AccountsUnavailable, AppealNotPossible


class AccountConnector:
    """Account look-ups and appeals over HTTP, with timeouts and bounded retries.

    An operator who offers the same four routes only changes `DESK_ACCOUNTS_URL`.
    """

    def __init__(self, url: str, key: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=1.5, transport=transport
        )

    async def account(self, douyin_id: str) -> dict[str, Any] | None:
        """The account with its penalties, None if there is none; AccountsUnavailable when nobody answers."""
        if not _is_segment(douyin_id):
            return None
        answer = await self._send("GET", f"/accounts/{_segment(douyin_id)}")
        return None if answer.status_code == 404 else _content(answer)

    async def file_appeal(self, penalty_id: str, case_number: str, reason: str) -> dict[str, Any]:
        """File an appeal once for each case number; AppealNotPossible says why when refused."""
        answer = await self._send(
            "POST",
            f"/penalties/{_segment(penalty_id)}/appeals",
            json={"case_number": case_number, "reason": reason},
            headers={"Idempotency-Key": case_number},
        )
        if answer.status_code in (404, 409):
            raise AppealNotPossible(why=_content(answer).get("code", "not_appealable"))
        return _content(answer)

    async def _send(self, method: str, path: str, **content: Any) -> httpx.Response:
        retries = AsyncRetrying(
            # Two tries of 1.5 s end before the actions, who wait for the answer, lose patience (3.5 s).
            stop=stop_after_attempt(2),
            wait=wait_exponential(multiplier=0.1, max=1),
            retry=retry_if_exception_type((httpx.TransportError, _ServerFault)),
            reraise=True,
        )
        try:
            async for attempt in retries:
                with attempt:
                    answer = await self._client.request(method, path, **content)
                    if answer.status_code >= 500:
                        raise _ServerFault()
        except (httpx.TransportError, _ServerFault):
            raise AccountsUnavailable() from None
        if answer.status_code not in (200, 201, 404, 409):
            raise AccountsUnavailable()
        return answer

    async def close(self) -> None:
        await self._client.aclose()


class _ServerFault(Exception):
    pass


def _content(answer: httpx.Response) -> dict[str, Any]:
    """What the account system says; a page of some proxy in between says nothing."""
    try:
        content = answer.json()
    except ValueError:
        raise AccountsUnavailable() from None
    if not isinstance(content, dict):
        raise AccountsUnavailable()
    return content


def _is_segment(text: str) -> bool:
    """Servers do not agree on what a quoted slash or dot means; no account has such an id."""
    return "/" not in text and text not in (".", "..")


def _segment(text: str) -> str:
    """An id quoted whole: also `%`, or `%6cucky` would be another name for `lucky`."""
    return quote(text, safe="")
