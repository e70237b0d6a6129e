"""What forms collect, by matter: one place for what an agent is told of it and what is forgotten afterwards."""

ACCOUNT = ("douyin_id", "registered_phone", "contact_phone")
PENALTY = ("penalty_type", "penalty_permanent", "appeal_reason")
LOGIN = ("login_method", "login_phone", "error_text", "error_code", "device_model")
FROZEN = ("freeze_notice",)
LIVE = (
    "live_role",
    "live_symptom",
    "network_type",
    "uplink_mbps",
    "resolution",
    "is_live_now",
    "live_room_id",
    "device_model",
    "app_version",
)
REPORT = ("report_target", "violation_category", "description")
NOTICE = (
    "complainant_type",
    "right_type",
    "infringing_url",
    "target_douyin_id",
    "victim_is_minor",
    "ownership_proof",
    "identity_ready",
)
# What only the bot needs: proofs, look-ups and declarations, and the last word on each form.
FOR_ITSELF = (
    "phone_proved",
    "account",
    "penalty",
    "appeal_confirm",
    "login_confirm",
    "frozen_confirm",
    "live_confirm",
    "report_confirm",
    "statement_truth",
    "infringement_confirm",
    "asked_case",
    "case_phone",
    "cases",
    "attachments",
)

# What an agent should not have to ask for again.
TOLD_AT_HANDOFF = (
    *ACCOUNT,
    *PENALTY,
    *dict.fromkeys((*LOGIN, *LIVE)),  # both ask for the device
    *FROZEN,
    *REPORT,
    *NOTICE,
    "evidence",
    "handoff_reason",
)
# What is forgotten when it is not needed any more.
COLLECTED = (*TOLD_AT_HANDOFF, *FOR_ITSELF)
