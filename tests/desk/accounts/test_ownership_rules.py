"""Pure decisions about ownership."""

import pytest

from desk.accounts.rules import Tries, account_target, may_try, plain_phone, same_phone


@pytest.mark.parametrize(
    "written",
    [
        "13800001111",
        "138 0000 1111",
        "138-0000-1111",
        "+86 13800001111",
        "8613800001111",
        "１３８００００１１１１",
        "(+86)138-0000-1111",
    ],
)
def test_a_phone_is_the_same_however_it_is_written(written):
    assert plain_phone(written) == "13800001111"
    assert same_phone(written, "13800001111")
    assert same_phone("13800001111", written)


@pytest.mark.parametrize("given", ["13800001112", "1380000111", "138000011111", "138****1111", "1111"])
def test_another_phone_is_not_the_same(given):
    assert not same_phone(given, "13800001111")


@pytest.mark.parametrize(("given", "registered"), [("", ""), ("abc", ""), ("没有", "未登记")])
def test_no_phone_at_all_proves_nothing(given, registered):
    assert not same_phone(given, registered)


@pytest.mark.parametrize(
    ("tries", "allowed"),
    [
        (Tries(0, 0, 0), True),
        (Tries(4, 4, 49), True),
        (Tries(5, 0, 0), False),
        (Tries(0, 5, 0), False),
        (Tries(0, 0, 50), False),
    ],
)
def test_five_tries_for_a_conversation_and_a_target_and_fifty_for_an_address(tries, allowed):
    assert may_try(tries) is allowed


def test_an_account_is_one_target_however_its_letters_are_written():
    assert account_target("Lucky_2020") == account_target("lucky_2020") != account_target("lucky_2021")
