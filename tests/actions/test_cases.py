"""What all forms that end in a case share: lists to pick from, links, devices, the look before it is sent."""

import pytest

from actions.cases import optional, read_contact_phone, read_yes_no
from actions.choices import choice_label, choices, find_choice, read_choice
from actions.devices import find_app_version, find_device, read_app_version, read_device
from actions.facts import fact
from actions.links import find_room, foreign_host, our_links, own_words, read_room, read_target
from actions.turn import Turn
from actions.values import Problem, Value, with_digits
from tests.actions.talk import said
from tests.actions.test_names import DOMAIN


class FakeTurn:
    """As much of a turn as a reader looks at."""

    def __init__(self, text: str = "", intent: str = "inform", choice: str | None = None, **slots: object) -> None:
        self.text, self.intent, self._choice, self._slots = text, intent, choice, slots
        self.is_button = choice is not None

    def chosen(self) -> str | None:
        return self._choice

    def slot(self, name: str) -> object:
        return self._slots.get(name)


class TestChoices:
    @pytest.mark.parametrize(
        ("kind", "text", "value"),
        [
            ("login_method", "微信一键登录点了没反应", "微信"),
            ("login_method", "扣扣登不进", "QQ"),
            ("login_method", "error code 1105", None),
            ("live_symptom", "有画面没声音", "无声"),
            ("live_symptom", "糊得像打了马赛克", "模糊"),
            ("live_role", "看直播老是转圈", "观众"),
            ("resolution", "1080P60", "1080p60"),
            ("resolution", "1080p", "1080p30"),
            ("violation_category", "这人卖假养生药骗老人", "假货售假"),
            ("violation_category", "评论区全是招嫖的", "色情低俗"),
            ("complainant_type", "我公司的商标", "企业"),
            ("copyright_type", "盗我原创音乐", "著作权"),
            ("personality_type", "他发视频造我谣", "名誉"),
            ("personality_type", "什么都没有", None),
        ],
    )
    def test_words_are_understood(self, kind: str, text: str, value: str | None) -> None:
        assert find_choice(kind, text) == value

    def test_a_button_is_taken_and_another_lists_button_is_not(self) -> None:
        read = read_choice("login_method")
        assert read(FakeTurn(choice="QQ")) == Value("QQ")
        assert read(FakeTurn(choice="赌博")) == Problem("choice")

    def test_a_word_in_a_long_message_may_be_by_the_way(self) -> None:
        read = read_choice("violation_category")
        assert read(FakeTurn("骗人的")) == Value("诈骗")
        assert read(FakeTurn("我昨天自己在这个平台上被人骗走了八千块钱")) == Value("诈骗", sure=False)

    def test_who_cannot_tell_is_taken_at_the_word_where_the_list_allows_it(self) -> None:
        assert read_choice("login_method")(FakeTurn("不记得了")) == Value("不清楚")
        assert read_choice("login_method")(FakeTurn("忘了密码")) == Value("密码")
        assert find_choice("login_method", "忘了拿啥注册的，不清楚") is None
        assert read_choice("live_role")(FakeTurn("不知道")) == Problem("choice")

    def test_the_categories_are_the_operators(self) -> None:
        assert list(choices("violation_category")) == fact("violation_categories")
        assert {preset["name"] for preset in fact("live_presets")} < set(choices("resolution"))

    def test_they_are_shown_in_the_users_language(self) -> None:
        assert choice_label("violation_category", "赌博", "en") == "gambling"
        assert choice_label("violation_category", "赌博", "zh") == "赌博"
        assert choice_label("yes_no", True, "zh") == "是"
        assert choice_label("login_method", None, "zh") == ""

    @pytest.mark.parametrize("kind", ["login_method", "live_role", "live_symptom", "violation_category", "right_type"])
    def test_every_button_offers_what_the_list_has(self, kind: str) -> None:
        lists = ("copyright_type", "personality_type") if kind == "right_type" else (kind,)
        values = {value for name in lists for value in choices(name)}
        buttons = [b for v in DOMAIN["responses"][f"utter_ask_{kind}"] for b in v["buttons"]]
        assert {b["payload"].split('"')[3] for b in buttons} <= values
        assert buttons


class TestLinks:
    SHARED = "7.94 复制打开抖音，看看【豆豆妈的作品】 https://v.douyin.com/iAbCdEf/ :2pm q@X"

    def test_of_a_share_text_only_the_link_counts(self) -> None:
        assert our_links(self.SHARED) == ["https://v.douyin.com/iAbCdEf/"]
        assert own_words(self.SHARED) == "https://v.douyin.com/iAbCdEf/"
        assert own_words("举报 https://v.douyin.com/a/") == "举报 https://v.douyin.com/a/"
        assert read_target(self.SHARED) == Value({"content_url": "https://v.douyin.com/iAbCdEf/"})

    @pytest.mark.parametrize(
        "link",
        [
            "https://www.kuaishou.com/a",
            "https://www.tiktok.com/@a",
            "https://douyin.com.evil.cn/a",
            "https://notdouyin.com/",
        ],
    )
    def test_other_sites_are_not_ours(self, link: str) -> None:
        assert our_links(link) == []
        assert isinstance(read_target(link), Problem)
        assert read_target(link).code == "link_foreign"
        assert foreign_host(link) in link

    @pytest.mark.parametrize(
        ("text", "reading"),
        [
            ("https://live.douyin.com/97456265029", Value({"live_room_id": "97456265029"})),
            ("直播间97456265029", Value({"live_room_id": "97456265029"})),
            ("7194753884236040975", Problem("long_number")),
            ("直播间 7194753884236040975", Value({"live_room_id": "7194753884236040975"})),
            ("抖音号 seller_2020", Value({"target_douyin_id": "seller_2020"})),
            ("那个大姐", Problem("id_nickname")),
            ("", None),
        ],
    )
    def test_a_target_is_one_of_three(self, text: str, reading: object) -> None:
        assert read_target(text) == reading

    def test_a_room_needs_no_word_where_it_is_asked_for(self) -> None:
        assert read_room("97456265029") == Value("97456265029")
        assert find_room("97456265029") is None
        assert read_room("https://v.douyin.com/iAbCdEf/") == Problem("link_no_room")


class TestDevices:
    @pytest.mark.parametrize(
        ("text", "device"),
        [
            ("手机是苹果15", "苹果15"),
            ("iPhone 15 Pro Max", "iPhone 15 Pro Max"),
            ("我用小米14开播", "小米14"),
            ("登不上", None),
        ],
    )
    def test_a_device_is_found_by_its_brand(self, text: str, device: str | None) -> None:
        assert find_device(text) == device

    def test_any_short_name_will_do_and_so_will_none(self) -> None:
        assert read_device(FakeTurn("老人机")) == Value("老人机", sure=False)
        assert read_device(FakeTurn("不知道")) == Value("")
        assert read_device(FakeTurn("啊" * 41)) == Problem("device_long", "41")

    def test_the_systems_version_is_not_the_apps(self) -> None:
        assert find_app_version("ios 17.5 抖音 33.5.0") == "33.5.0"
        assert find_app_version("ios 17.5 抖音") is None
        assert read_app_version(FakeTurn("最新版")) == Value("最新")
        assert read_app_version(FakeTurn("老版本")) == Problem("version")


class TestReaders:
    def test_what_may_be_passed_over(self) -> None:
        read = optional(lambda _turn: Problem("x"))
        assert read(FakeTurn(choice="none")) == read(FakeTurn("没有")) == Value("")
        assert read(FakeTurn("跳过")) == read(FakeTurn("skip")) == Value("")
        assert read(FakeTurn("有的")) == Problem("x")

    def test_yes_and_no(self) -> None:
        assert read_yes_no(FakeTurn("是", "affirm")) == Value(True)
        assert read_yes_no(FakeTurn("不", "deny")) == Value(False)
        assert read_yes_no(FakeTurn("嗯？", "nlu_fallback")) == Problem("yes_no")

    def test_the_proved_number_is_offered_only_where_there_is_one(self) -> None:
        known = {"phone_proved": True, "registered_phone": "13800001111"}
        assert read_contact_phone(FakeTurn(choice="known_phone", **known)) == Value("13800001111")
        assert read_contact_phone(FakeTurn(choice="known_phone", phone_proved=True)) is None

    def test_amounts_in_words(self) -> None:
        assert with_digits("宽带三百兆") == "宽带300兆"
        assert with_digits("二十兆") == "20兆"
        assert with_digits("一千二百兆") == "1200兆"
        assert with_digits("三百块") == "三百块"


def test_a_reader_reads_a_real_turn() -> None:
    """The fake above has the shape of the real thing."""
    assert {"text", "intent", "is_button", "chosen", "slot"} <= set(dir(Turn))
    assert said("x")["intent"]["name"] == "inform"
