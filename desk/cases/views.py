"""How cases look to agents and to the bot's actions; phone numbers are masked."""

from collections.abc import Sequence
from typing import Any

from desk.attachments.models import Attachment
from desk.attachments.views import attachment_view
from desk.cases.enums import CaseState
from desk.cases.models import Case, CaseEvent, Csat
from desk.cases.rules import TRANSITIONS
from desk.cases.topics import topic_of
from desk.masking import mask_all, mask_phone
from desk.words import say

# Slots whose names an agent should read in words; others are shown by name.
FIELD_LABELS = {
    "douyin_id": {"zh": "抖音号", "en": "Douyin ID"},
    "contact_phone": {"zh": "联系电话", "en": "Contact phone"},
    "registered_phone": {"zh": "绑定手机号", "en": "Registered phone"},
    "appeal_reason": {"zh": "申诉理由", "en": "Reason of appeal"},
    "evidence": {"zh": "证据", "en": "Evidence"},
    "penalty_type": {"zh": "处罚类型", "en": "Penalty"},
    "penalty_permanent": {"zh": "永久处罚", "en": "Permanent"},
    "login_method": {"zh": "登录方式", "en": "Way to log in"},
    "login_phone": {"zh": "登录手机号", "en": "Phone used to log in"},
    "error_text": {"zh": "页面提示", "en": "Error shown"},
    "error_code": {"zh": "错误码", "en": "Error code"},
    "device_model": {"zh": "设备型号", "en": "Device"},
    "app_version": {"zh": "App 版本", "en": "App version"},
    "freeze_notice": {"zh": "冻结提示", "en": "Notice of the freeze"},
    "live_role": {"zh": "身份", "en": "Role"},
    "live_symptom": {"zh": "现象", "en": "Symptom"},
    "network_type": {"zh": "网络", "en": "Network"},
    "uplink_mbps": {"zh": "上行带宽(Mbps)", "en": "Uplink (Mbps)"},
    "resolution": {"zh": "分辨率", "en": "Resolution"},
    "is_live_now": {"zh": "正在直播", "en": "Live now"},
    "live_room_id": {"zh": "直播间", "en": "Live room"},
    "content_url": {"zh": "被举报内容", "en": "Reported content"},
    "target_douyin_id": {"zh": "对方抖音号", "en": "The other's Douyin ID"},
    "violation_category": {"zh": "违规类别", "en": "Violation"},
    "description": {"zh": "说明", "en": "Description"},
    "complainant_type": {"zh": "投诉人身份", "en": "Complainant"},
    "right_type": {"zh": "权利类型", "en": "Right"},
    "infringing_url": {"zh": "侵权链接", "en": "Infringing links"},
    "victim_is_minor": {"zh": "涉及未成年人", "en": "A minor is concerned"},
    "ownership_proof": {"zh": "权属证明", "en": "Proof of ownership"},
    "ownership_pending": {"zh": "权属证明待补", "en": "Proof of ownership to follow"},
    "original_url": {"zh": "原作链接", "en": "Original links"},
    "identity_ready": {"zh": "身份证明已备", "en": "Identity papers ready"},
    "statement_truth": {"zh": "真实性声明", "en": "Declared to be true"},
    "case_number": {"zh": "工单号", "en": "Case"},
    "handoff_reason": {"zh": "事由", "en": "What it is about"},
}


def labelled(fields: dict[str, Any], locale: str) -> list[dict[str, Any]]:
    """Slots as name, label and masked value; what is empty or not so is left out."""
    rows = []
    for name, value in fields.items():
        if value is not False and value not in (None, "", [], {}):
            label = FIELD_LABELS.get(name, {}).get(locale, name)
            shown = say(locale, "field-yes") if value is True else mask_all(value)
            rows.append({"name": name, "label": label, "value": shown})
    return rows


def summary_view(case: Case, locale: str) -> dict[str, Any]:
    name, topic = topic_of(case.topic)
    return {
        "number": case.number,
        "state": case.state,
        "topic": name,
        "topic_label": topic.label(locale),
        "category": case.category,
        "priority": case.priority,
        "skill_group": case.skill_group,
        "skill_group_label": say(locale, f"skill-{case.skill_group}"),
        "conversation_id": case.conversation_id,
        "created_at": case.created_at.isoformat(),
        "updated_at": case.updated_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "resolved_at": case.resolved_at.isoformat() if case.resolved_at else None,
    }


def case_view(
    case: Case, events: Sequence[CaseEvent], attachments: Sequence[Attachment], csat: Csat | None, locale: str
) -> dict[str, Any]:
    """Everything an agent sees of a case."""
    scored = csat and csat.score is not None
    return {
        **summary_view(case, locale),
        "douyin_id": case.douyin_id,
        "contact_phone": mask_phone(case.contact_phone) if case.contact_phone else None,
        "fields": labelled(case.fields, locale),
        "links": [item["url"] for item in case.attachments if item["kind"] == "link"],
        "attachments": [attachment_view(each) for each in attachments],
        "csat": {"score": csat.score, "comment": csat.comment} if csat and scored else None,
        "events": [event_view(event, locale) for event in events],
        "allowed_transitions": list(TRANSITIONS[CaseState(case.state)]),
    }


def event_view(event: CaseEvent, locale: str) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "who": event.who,
        "what": event.what,
        "what_label": say(locale, f"event-{event.what}"),
        "detail": event.detail,
    }


def card_view(case: Case, locale: str) -> dict[str, Any]:
    """A case as a card in its user's conversation."""
    summary = summary_view(case, locale)
    return {"type": "case", **{name: summary[name] for name in ("number", "topic_label", "state", "due_at")}}


def progress_view(case: Case, last: CaseEvent | None, locale: str) -> dict[str, Any]:
    """What the user may hear of a case."""
    shown = ("number", "state", "topic", "topic_label", "created_at", "updated_at", "due_at")
    view = {key: value for key, value in summary_view(case, locale).items() if key in shown}
    return {**view, "last_event_label": say(locale, f"event-{last.what}") if last else None}
