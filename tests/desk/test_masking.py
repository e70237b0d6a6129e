"""What must never be readable, and what must stay so."""

import logging

import pytest

from desk.masking import MaskingFilter, mask_all, mask_phone, mask_secrets


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的电话13800001111。", "我的电话138****1111。"),
        ("138 0000 1111", "138****1111"),
        ("138-0000-1111或者19912345678", "138****1111或者199****5678"),
        ("+8613800001111", "+86138****1111"),
        ("+86 138-0000-1111", "+86 138****1111"),
        ("008613800001111", "0086138****1111"),
    ],
)
def test_phones_are_masked_however_they_are_written(text, masked):
    assert mask_phone(text) == masked


@pytest.mark.parametrize("text", ["KF20261124123456", "7301000000000000001", "12800001111", "95152", "1380000111"])
def test_what_is_no_phone_stays_readable(text):
    assert mask_phone(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X", "身份证1101************2X"),
        ("身份证11010519491231002x丢了", "身份证1101************2x丢了"),
        ("440308199901101512", "4403************12"),
        ("110105 19491231 002X", "1101** ******** **2X"),
    ],
)
def test_an_identity_number_with_its_check_digit_is_hidden(text, masked):
    assert mask_secrets(text) == masked


@pytest.mark.parametrize("text", ["110105194912310021", "991231199912310021"])
def test_eighteen_digits_that_are_no_identity_number_stay(text):
    assert mask_secrets(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("卡号4111111111111111", "卡号4111**********11"),
        ("6222020200112233446 的钱", "6222*************46 的钱"),
        ("卡号4111 1111 1111 1111", "卡号4111 **** **** **11"),
        ("卡号4111 1111 1111 1111 20元", "卡号4111 **** **** **11 20元"),
        ("6222-0202-0011-2233-446", "6222-****-****-****-*46"),
    ],
)
def test_a_bank_card_is_hidden_also_when_written_in_groups(text, masked):
    assert mask_secrets(text) == masked


@pytest.mark.parametrize("text", ["订单号4111111111111112", "作品7301000000000000001", "订单 6917 2838 4756 1023"])
def test_an_order_number_stays_readable(text):
    assert mask_secrets(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("验证码是123456", "验证码是******"),
        ("验证码：8888,帮我看看", "验证码：****,帮我看看"),
        ("my verification code is 4321", "my verification code is ****"),
        ("SMS code 654321", "SMS code ******"),
    ],
)
def test_a_code_from_a_text_message_is_hidden(text, masked):
    assert mask_secrets(text) == masked


@pytest.mark.parametrize("text", ["收不到验证码", "验证码一直收不到,都20分钟了", "我2024年注册的", "123456"])
def test_numbers_that_are_no_codes_stay(text):
    assert mask_secrets(text) == text


def test_everything_inside_a_value_is_masked():
    value = {"phone": "13800001111", "list": ["验证码123456", {"deep": "13900002222"}], "count": 3, "none": None}
    assert mask_all(value) == {
        "phone": "138****1111",
        "list": ["验证码******", {"deep": "139****2222"}],
        "count": 3,
        "none": None,
    }


def test_a_log_line_is_masked_with_its_arguments():
    record = logging.LogRecord(
        "desk", logging.INFO, "x.py", 1, "user %s wrote %s", ("13800001111", "验证码 123456"), None
    )
    assert MaskingFilter().filter(record)
    assert record.getMessage() == "user 138****1111 wrote 验证码 ******"
