"""Live quality: what is asked of whom, the advice by the presets, the case."""

import pytest

from actions.choices import choices
from actions.live_quality import (
    OF_NETWORK,
    ActionAskLiveConfirm,
    ActionLiveAdvice,
    ActionOpenLiveCase,
    ValidateLiveCaseForm,
    ValidateLiveForm,
    advised_preset,
)
from tests.actions.fake_desk import FakeDesk
from tests.actions.talk import reply, run, said, start, user_event
from tests.actions.test_names import DOMAIN

STREAMER = {
    "live_role": "主播",
    "live_symptom": "卡顿",
    "network_type": "WiFi",
    "uplink_mbps": 9,
    "resolution": "1080p60",
}


class TestForm:
    def test_a_viewer_is_asked_for_no_network(self) -> None:
        answer = start(ValidateLiveForm(), said("看直播老是转圈", "live_quality"))
        assert (answer.slots["live_role"], answer.slots["live_symptom"]) == ("观众", "卡顿")
        assert answer.slots["topic"] == "live_quality"
        assert answer.slots["requested_slot"] is None

    def test_a_streamers_message_is_read_for_everything(self) -> None:
        text = "我正在直播，伴侣推流掉帧，上行30兆 1080p 直播间 97456265029 小米14"
        answer = start(ValidateLiveForm(), said(text, "live_quality"))
        told = {"uplink_mbps": 30, "resolution": "1080p30", "live_room_id": "97456265029", "device_model": "小米14"}
        told |= {"is_live_now": True, "live_role": "主播", "live_symptom": "卡顿"}
        assert {name: answer.slots[name] for name in told} == told
        assert answer.slots["requested_slot"] == "network_type"

    def test_broadband_is_no_network_and_no_uplink_of_its_own(self) -> None:
        answer = start(ValidateLiveForm(), said("伴侣推流掉帧严重，我宽带三百兆啊", "live_quality"))
        assert (answer.slots["network_type"], answer.slots["uplink_mbps"]) == (None, None)

    @pytest.mark.parametrize("symptom", ["黑屏", "无声"])
    def test_what_the_network_does_not_cause_needs_no_measuring(self, symptom: str) -> None:
        answer = reply(ValidateLiveForm(), "live_symptom", said(symptom), live_role="主播")
        assert answer.slots["requested_slot"] is None

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("宽带三百兆", ("uplink_broadband", "300")),
            ("50兆宽带", ("uplink_broadband", "50")),
            ("500", ("uplink_broadband", "500")),
            ("3000kbps", ("uplink_kbps", "3000kbps")),
            ("0.05兆", ("uplink_range", "0.05")),
            ("20000m", ("uplink_range", "20000")),
            ("很快", ("uplink_missing", "")),
            ("怎么看", ("lost", "")),
        ],
    )
    def test_each_slip_has_its_hint(self, text: str, problem: tuple[str, str]) -> None:
        answer = reply(ValidateLiveForm(), "uplink_mbps", said(text), live_role="主播", live_symptom="卡顿")
        assert (answer.slots["slot_problem"], answer.slots["problem_detail"]) == problem

    @pytest.mark.parametrize(("text", "speed"), [("30", 30), ("上行 2.5 兆", 2.5), ("上行500兆", 500), ("二十兆", 20)])
    def test_the_uplink_in_mbps(self, text: str, speed: float) -> None:
        known = {"live_role": "主播", "live_symptom": "卡顿", "network_type": "WiFi"}
        answer = reply(ValidateLiveForm(), "uplink_mbps", said(text), **known)
        assert answer.slots["uplink_mbps"] == speed
        assert answer.slots["requested_slot"] == "resolution"

    def test_who_means_it_says_it_twice_and_who_cannot_tell_goes_on(self) -> None:
        known = {"live_role": "主播", "live_symptom": "卡顿", "network_type": "WiFi"}
        again = reply(ValidateLiveForm(), "uplink_mbps", said("300兆"), slot_problem="uplink_broadband", **known)
        assert again.slots["uplink_mbps"] == 300
        lost = reply(ValidateLiveForm(), "uplink_mbps", said("不知道"), slot_problem="lost", **known)
        assert (lost.slots["uplink_mbps"], lost.slots["requested_slot"]) == ("", "resolution")


class TestAdvice:
    @pytest.mark.parametrize(
        ("uplink", "resolution", "outcome", "preset"),
        [
            (30, "1080p60", "fits", "1080p60"),
            (30, "720p30", "fits", "720p30"),
            (9, "不清楚", "fits", "1080p30"),
            (9, "1080p60", "lower", "1080p30"),
            (12, "1080p60", "fits", "1080p60"),
            (2, "1080p30", "too_slow", "720p30"),
            (None, "不清楚", "unmeasured", "720p30"),
            (None, "1080p30", "unmeasured", "1080p30"),
        ],
    )
    def test_the_preset_follows_the_uplink(self, uplink: float, resolution: str, outcome: str, preset: str) -> None:
        said_outcome, advised = advised_preset(uplink, resolution)
        assert (said_outcome, advised["name"]) == (outcome, preset)
        assert f"utter_live_preset_{outcome}" in DOMAIN["responses"]

    def test_a_streamer_hears_a_tip_and_the_preset_with_its_numbers(self) -> None:
        answer = run(ActionLiveAdvice(), said("x"), STREAMER)
        assert answer.responses == ["utter_live_tip_stuttering", "utter_live_preset_lower", "utter_live_better"]
        numbers = {"preset": "1080p30", "bitrate": 4000, "needed": 8, "uplink": "9"}
        assert {name: answer.messages[1][name] for name in numbers} == numbers
        assert answer.slots == {"offer": "live_better"}

    def test_a_viewer_hears_steps(self) -> None:
        answer = run(ActionLiveAdvice(), said("x"), {"live_role": "观众", "live_symptom": "卡顿"})
        assert answer.responses == ["utter_live_viewer_steps"]

    def test_third_party_tools_are_warned_of_and_never_advised(self) -> None:
        before = [user_event(said("我用OBS推流老卡", "live_quality"))]
        answer = run(ActionLiveAdvice(), said("WiFi"), STREAMER, before=before)
        assert answer.responses[0] == "utter_live_third_party"
        words = str([DOMAIN["responses"][name] for name in DOMAIN["responses"] if name.startswith("utter_live")])
        assert "OBS" not in words.upper().replace("JOBS", "")

    def test_every_symptom_has_its_tip(self) -> None:
        for value, symptom in choices("live_symptom").items():
            assert f"utter_live_tip_{symptom.name}" in DOMAIN["responses"], value
        assert set(choices("live_symptom")) >= OF_NETWORK


class TestCase:
    def test_a_viewer_is_not_asked_whether_he_is_live(self) -> None:
        answer = start(ValidateLiveCaseForm(), said("还是不行", "deny"), {"live_role": "观众"})
        assert answer.slots["is_live_now"] is False
        assert answer.slots["requested_slot"] == "live_room_id"

    @pytest.mark.parametrize(
        ("message", "live"),
        [
            (said("是", "affirm"), True),
            (said("没有", "deny"), False),
            (said("现在正在播呢"), True),
            (said("已经下播了"), False),
        ],
    )
    def test_live_now_is_yes_or_no(self, message: dict, live: bool) -> None:
        answer = reply(ValidateLiveCaseForm(), "is_live_now", message, **STREAMER)
        assert answer.slots["is_live_now"] is live

    def test_an_id_will_do_for_the_room(self) -> None:
        answer = reply(ValidateLiveCaseForm(), "live_room_id", said("zhubo666"), is_live_now=True)
        assert (answer.slots["douyin_id"], answer.slots["requested_slot"]) == ("zhubo666", "device_model")

    def test_another_platforms_room_is_refused(self) -> None:
        answer = reply(ValidateLiveCaseForm(), "live_room_id", said("https://live.kuaishou.com/u/1"), is_live_now=True)
        assert (answer.slots["slot_problem"], answer.slots["problem_detail"]) == ("link_foreign", "live.kuaishou.com")

    def test_the_last_look(self) -> None:
        answer = run(ActionAskLiveConfirm(), said("x"), STREAMER | {"is_live_now": True})
        shown = {"live_role": "主播", "resolution": "1080p60", "is_live_now": "是"}
        assert {name: answer.messages[0][name] for name in shown} == shown

    def test_it_holds_all_that_was_told(self) -> None:
        desk = FakeDesk()
        slots = STREAMER | {
            "is_live_now": True,
            "live_room_id": "97456265029",
            "device_model": "小米14",
            "app_version": "",
            "live_confirm": "yes",
        }
        answer = run(ActionOpenLiveCase(desk), said("好", "affirm"), slots)
        assert desk.calls == [
            (
                "open_case",
                "m1:action_open_live_case:1",
                {
                    "conversation_id": "c1",
                    "topic": "live_quality",
                    "fields": STREAMER | {"is_live_now": True, "live_room_id": "97456265029", "device_model": "小米14"},
                    "douyin_id": None,
                    "contact_phone": None,
                    "penalty_id": None,
                    "links": [],
                    "attachments": [],
                },
            )
        ]
        assert answer.responses == ["utter_live_opened"]
