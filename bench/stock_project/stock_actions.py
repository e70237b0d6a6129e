"""The one action of the stock project: it looks an account up, in a thread and over a connection that is kept."""

import asyncio
import os
import re
from typing import Any

import requests
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

ACCOUNT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,}")

session = requests.Session()
session.trust_env = False


class ActionLookUp(Action):
    """Says what stands against the account that the message names."""

    def name(self) -> str:
        return "action_look_up"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        del domain
        named = ACCOUNT_ID.search(tracker.latest_message.get("text") or "")
        account = await asyncio.to_thread(look_up, named[0]) if named else {}
        penalties = [penalty for penalty in account.get("penalties", []) if penalty["active"]]
        if penalties:
            dispatcher.utter_message(response="utter_penalty", douyin_id=account["douyin_id"], **penalties[0])
        else:
            dispatcher.utter_message(response="utter_not_found")
        return []


def look_up(account_id: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {os.environ['SANDBOX_KEY']}"}
    answer = session.get(f"{os.environ['STOCK_ACCOUNTS_URL']}/accounts/{account_id}", headers=headers, timeout=5)
    return answer.json() if answer.ok else {}
