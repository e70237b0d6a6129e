"""What goes wrong reaches an action as one named error."""

import time

import pytest

from actions.desk_client import DeskClient, DeskError
from tests.contract.conftest import INTERNAL_KEY, free_port


def code_of(call, *args):
    with pytest.raises(DeskError) as failed:
        call(*args)
    return failed.value.code


def test_a_wrong_key_opens_nothing(desk, key, conversation):
    stranger = DeskClient(desk.url, "w" * 40)
    assert code_of(stranger.look_up_account, key(), conversation, "lucky_2020", None) == "key_wrong"


def test_an_unknown_conversation_is_not_found(client, key):
    assert code_of(client.look_up_account, key(), "c_nobody", "lucky_2020", None) == "not_found"
    assert code_of(client.rate, key(), "c_nobody", True, None) == "not_found"


def test_a_wrong_form_is_named(client, key, conversation):
    assert code_of(client.look_up_account, key(), conversation, "x" * 65, None) == "invalid_field"
    assert code_of(client.open_case, key(), {"conversation_id": conversation}) == "invalid_field"
    wish = {"conversation_id": conversation, "topic": "general", "priority": "urgent"}
    assert code_of(client.open_case, key(), wish) == "unknown_field"


def test_a_desk_that_is_not_there_is_unreachable_before_long(key):
    client = DeskClient(f"http://127.0.0.1:{free_port()}", INTERNAL_KEY)
    begun = time.monotonic()
    assert code_of(client.look_up_cases, key(), "c_1", None, None) == "unreachable"
    assert time.monotonic() - begun < 5


def test_an_account_system_that_is_away_is_told_apart_and_costs_no_try(client, key, conversation, sandbox):
    sandbox.stop()
    try:
        for _ in range(6):
            code = code_of(client.look_up_account, key(), conversation, "quiet_river", "13800003333")
            assert code == "accounts_unavailable"
    finally:
        sandbox.start()
    assert client.look_up_account(key(), conversation, "quiet_river", "13800003333")["result"] == "found"
