"""A desk by hand: the answers an action may get, and a record of what it asked."""

from copy import deepcopy
from typing import Any

from actions.desk_client import DeskError

NOW = "2026-11-24T10:00:00+08:00"
OWNER_PHONE = "13800001111"


def penalty(penalty_id: str = "P1", **changes: Any) -> dict[str, Any]:
    return {
        "penalty_id": penalty_id,
        "type": "account_ban",
        "type_label": "账号封禁",
        "reason": "多次发布低俗内容",
        "rule": "社区规范 3.2",
        "started_at": "2026-11-22T09:00:00+08:00",
        "ends_at": "2026-11-29T09:00:00+08:00",
        "permanent": False,
        "active": True,
        "appealable": True,
        "appeal_deadline": "2026-11-29T09:00:00+08:00",
        "appeal_filed": False,
        "appeals_left": 2,
    } | changes


def accounts() -> dict[str, dict[str, Any]]:
    permanent = penalty("P2", permanent=True, ends_at=None)
    live = penalty("P3", type="live_ban", type_label="直播封禁")
    expired = penalty("P4", appealable=False, appeal_deadline="2026-11-01T09:00:00+08:00")
    return {
        "lucky_2020": {"status": "banned", "penalties": [penalty()]},
        "dy8f3k2": {"status": "banned", "penalties": [live, permanent]},
        "zhubo666": {"status": "restricted", "penalties": [live]},
        "too_late": {"status": "banned", "penalties": [expired]},
        "frozen_amy": {"status": "frozen", "penalties": []},
        "quiet_river": {"status": "normal", "penalties": []},
    }


def case(number: str = "KF20261120000001", **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "state": "open",
        "topic": "ban_appeal",
        "topic_label": "封禁申诉",
        "created_at": "2026-11-20T10:00:00+08:00",
        "updated_at": "2026-11-21T10:00:00+08:00",
        "due_at": "2026-11-27T10:00:00+08:00",
        "last_event_label": "客服接入",
    } | changes


class FakeDesk:
    """Answers like the desk, remembers every call, and fails when told to."""

    def __init__(self) -> None:
        self.accounts = accounts()
        self.other_cases = {"KF20261120000001": case()}
        self.own_cases: list[dict[str, Any]] = []
        self.calls: list[tuple[Any, ...]] = []
        self.fails_with: DeskError | None = None
        self._opened: dict[str, dict[str, Any]] = {}

    def look_up_account(self, key: str, conversation_id: str, douyin_id: str, phone: str | None) -> dict[str, Any]:
        self._called("look_up_account", key, conversation_id, douyin_id, phone)
        if phone is None:
            return {"result": "proof_needed"}
        if phone != OWNER_PHONE or douyin_id not in self.accounts:
            return {"result": "not_found"}
        return {"result": "found", "account": {"douyin_id": douyin_id, **deepcopy(self.accounts[douyin_id])}}

    def look_up_cases(self, key: str, conversation_id: str, number: str | None, phone: str | None) -> dict[str, Any]:
        self._called("look_up_cases", key, conversation_id, number, phone)
        own = [c for c in self.own_cases if number in (None, c["number"])]
        if phone is None and own:
            return {"result": "found", "cases": deepcopy(own)}
        if number and phone is None:
            return {"result": "proof_needed"}
        found = [c for c in self.other_cases.values() if number in (None, c["number"])] if phone == OWNER_PHONE else []
        return {"result": "found", "cases": deepcopy(found)} if found else {"result": "not_found"}

    def open_case(self, key: str, wish: dict[str, Any]) -> dict[str, Any]:
        self._called("open_case", key, wish)
        if key not in self._opened:
            number = f"KF20261124{len(self._opened) + 1:06}"
            self._opened[key] = case(number, state="new", created_at=NOW, last_event_label="工单建立")
            self.own_cases.append(self._opened[key])
        return deepcopy(self._opened[key])

    def read_conversation(self, conversation_id: str) -> dict[str, Any]:
        self._called("read_conversation", conversation_id)
        return {"owner": "bot", "open_cases": [c["number"] for c in self._unsettled()], "vouched_accounts": []}

    def add_to_case(self, key: str, number: str, conversation_id: str, attachments: list[str]) -> dict[str, Any]:
        self._called("add_to_case", key, number, conversation_id, attachments)
        found = next((c for c in self._unsettled() if c["number"] == number), None)
        if found is None:
            raise DeskError("not_found")
        return {"number": number, "state": found["state"], "count": len(attachments)}

    def reopen_case(self, key: str, number: str, conversation_id: str) -> dict[str, Any]:
        self._called("reopen_case", key, number, conversation_id)
        found = next((c for c in self.own_cases if c["number"] == number), None)
        if found is None:
            raise DeskError("not_found")
        found["state"] = "open"
        return {"number": number, "state": "open"}

    def _unsettled(self) -> list[dict[str, Any]]:
        return [c for c in self.own_cases if c["state"] in {"new", "open", "waiting"}]

    def rate(self, key: str, conversation_id: str, satisfied: bool, topic: str | None) -> None:
        self._called("rate", key, conversation_id, satisfied, topic)

    def _called(self, *call: Any) -> None:
        self.calls.append(call)
        if self.fails_with:
            raise self.fails_with
