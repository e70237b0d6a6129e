"""How values are read out of messages."""

from datetime import date

import pytest

from actions.values import (
    Problem,
    Value,
    find_douyin_id,
    find_phone,
    read_case_number,
    read_douyin_id,
    read_links,
    read_phone,
    read_prose,
    says_nothing,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "13800001111",
        "138 0000 1111",
        "138-0000-1111",
        "+86-13800001111",
        "+86 138 0000 1111",
        "8613800001111",
        "手机号13800001111哈",
        "１３８００００１１１１",
        "幺三八零零零零幺幺幺幺",
        "一三八 零零零零 一一一一",
        "我的是13800001111,谢谢",
        "lucky_2020 13800001111",
    ],
)
def test_a_phone_number_is_read_however_it_is_written(text: str) -> None:
    assert read_phone(text) == Value("13800001111")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1380000111", Problem("phone_length", "10", near=True)),
        ("138000011112", Problem("phone_length", "12", near=True)),
        ("12800001111", Problem("phone_prefix", near=True)),
        ("138OOOO1111", Problem("phone_letters")),
        ("lucky_2020", Problem("phone_letters")),
    ],
)
def test_what_is_wrong_with_a_phone_number_is_named(text: str, problem: Problem) -> None:
    assert read_phone(text) == problem


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert read_phone("+852 91234567") == Value("+85291234567")


@pytest.mark.parametrize("text", ["不想给", "", "你好"])
def test_no_digits_are_no_phone_number(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    ("text", "douyin_id"),
    [
        ("lucky_2020", "lucky_2020"),
        ("抖音号是lucky_2020哈", "lucky_2020"),
        ("抖音号：MRS.LI_88。", "MRS.LI_88"),
        ("@xiaoming.2008", "xiaoming.2008"),
        ("my id is lucky_2020.", "lucky_2020"),
        ("1234567890", "1234567890"),
        ("lucky_2020 手机13800001111", "lucky_2020"),
        ("ID:dy8f3k2", "dy8f3k2"),
    ],
)
def test_an_id_is_read_in_reply_to_its_question(text: str, douyin_id: str) -> None:
    assert read_douyin_id(text) == Value(douyin_id)


def test_letters_alone_are_only_perhaps_an_id() -> None:
    assert read_douyin_id("hello") == Value("hello", sure=False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我叫豆豆妈", "id_nickname"),
        ("https://www.douyin.com/user/MS4wLjABAAAAxyz", "id_link"),
        ("lucky_2020 或者 lucky_2021", "id_several"),
        ("a" * 30, "id_length"),
        ("I only posted cooking videos", "id_several"),
    ],
)
def test_what_is_wrong_with_an_id_is_named(text: str, code: str) -> None:
    assert read_douyin_id(text).code == code


@pytest.mark.parametrize(
    ("text", "douyin_id"),
    [
        ("我的号被封了，抖音号是lucky_2020", "lucky_2020"),
        ("封号原因 dy8f3k2", "dy8f3k2"),
        ("我的号被封了", None),
        ("iphone15 上闪退", None),
        ("抖音app打不开", None),
        ("直播1080p很卡", None),
        ("电话13800001111", None),
        ("看 https://v.douyin.com/iAbCdEf/", None),
    ],
)
def test_an_id_is_found_only_where_it_is_plain(text: str, douyin_id: str | None) -> None:
    assert find_douyin_id(text) == douyin_id


def test_a_phone_is_found_beside_other_words() -> None:
    assert find_phone("我号被封了 dy8f3k2 电话13800001111") == "13800001111"
    assert find_phone("我号被封了 20天了") is None


@pytest.mark.parametrize(
    "text",
    [
        "KF20261120000001",
        "kf20261120000001",
        "KF 20261120 000001",
        "KF-20261120-000001",
        "工单号ＫＦ20261120000001处理了吗",
        "20261120000001",
        "KF2O26112OOOOOOl",
    ],
)
def test_a_case_number_is_read_with_common_slips(text: str) -> None:
    assert read_case_number(text, TODAY) == Value("KF20261120000001")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("KF2026112", Problem("case_length", "7")),
        ("KF20261399000001", Problem("case_date", "20261399")),
        ("KF20261125000001", Problem("case_date", "20261125")),
        ("2026112000000", Problem("case_length", "13")),
    ],
)
def test_what_is_wrong_with_a_case_number_is_named(text: str, problem: Problem) -> None:
    assert read_case_number(text, TODAY) == problem


def test_links_are_cut_out_of_a_shared_text() -> None:
    text = "7.94 复制打开抖音，看看【某某的作品】 https://v.douyin.com/iAbCdEf/ :2pm q@x"
    assert read_links(text) == Value(["https://v.douyin.com/iAbCdEf/"])


@pytest.mark.parametrize("text", ["没有", "没有证据", "我没有啊", "无", "不用了", "暂时没有", "none", "No."])
def test_nothing_is_an_answer(text: str) -> None:
    assert says_nothing(text)
    assert read_links(text) == Value([])


@pytest.mark.parametrize("text", ["我有截图", "没有人管我吗", "有"])
def test_something_else_is_not_nothing(text: str) -> None:
    assert read_links(text) == Problem("no_link")


def test_prose_has_a_least_and_a_greatest_length() -> None:
    assert read_prose("太短", 10, 500) == Problem("too_short", "2")
    assert read_prose("长" * 501, 10, 500) == Problem("too_long", "501")
    assert read_prose(" 我什么都没有做错呀，请核实 ", 10, 500) == Value("我什么都没有做错呀，请核实")
