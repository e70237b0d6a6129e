"""Agents read collected slots in words."""

from desk.cases.views import labelled


def test_a_yes_is_said_and_a_no_is_left_out():
    rows = labelled({"penalty_permanent": True, "is_live_now": False, "uplink_mbps": 0}, "zh")
    assert [(row["label"], row["value"]) for row in rows if row["name"] == "penalty_permanent"] == [("永久处罚", "是")]
    assert "is_live_now" not in [row["name"] for row in rows]
    assert "uplink_mbps" in [row["name"] for row in rows]


def test_a_phone_number_in_any_slot_is_masked():
    assert labelled({"note": "打 13800001111"}, "en")[0]["value"] == "打 138****1111"
