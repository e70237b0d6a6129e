"""What the API takes and gives; times are ISO 8601 in the platform's zone."""

from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from sandbox import models, rules

PLATFORM_ZONE = timezone(timedelta(hours=8))

Moment = Annotated[datetime, PlainSerializer(lambda at: at.astimezone(PLATFORM_ZONE).isoformat("T", "seconds"))]

PENALTY_LABELS = {
    "account_ban": "账号封禁",
    "live_ban": "直播封禁",
    "mute": "禁言",
    "function_limit": "功能限制",
    "warning": "警告",
}


class Problem(BaseModel):
    """Every refusal has this shape; act on `code`, show `message` to developers only."""

    code: str = Field(examples=["account_not_found"])
    message: str
    details: dict[str, object] = {}


class Penalty(BaseModel):
    """A measure against an account, as it stands at the moment of the request."""

    penalty_id: str
    type: Literal["account_ban", "live_ban", "mute", "function_limit", "warning"]
    type_label: str = Field(description="The type in the words of the notice the user got.")
    reason: str = Field(description="What happened, in the words of the notice.")
    rule: str = Field(description="The rule that was broken.")
    started_at: Moment
    ends_at: Moment | None = Field(description="Null when the penalty has no end.")
    permanent: bool
    active: bool = Field(description="In force now; an ended or lifted penalty is not.")
    appealable: bool = Field(description="Admits a (further) appeal in kind; see `appeal_deadline` for the time.")
    appeal_deadline: Moment | None
    appeal_filed: bool = Field(description="An appeal waits for its decision.")
    appeals_left: int = Field(description="How many more appeals this penalty admits.")

    @classmethod
    def of(cls, row: models.Penalty, now: datetime) -> "Penalty":
        return cls(
            penalty_id=row.penalty_id,
            type=row.type,  # type: ignore[arg-type]
            type_label=PENALTY_LABELS[row.type],
            reason=row.reason,
            rule=row.rule,
            started_at=row.started_at,
            ends_at=row.ends_at,
            permanent=row.ends_at is None,
            active=rules.penalty_is_active(row, now),
            appealable=rules.admits_further_appeal(row, row.appeals),
            appeal_deadline=row.appeal_deadline,
            appeal_filed=rules.appeal_is_pending(row.appeals),
            appeals_left=rules.appeals_left(row.appeals) if row.admits_appeals else 0,
        )


class Freeze(BaseModel):
    """A safety measure, not a penalty: it ends when the owner proves who they are."""

    since: Moment
    reason: str


class Account(BaseModel):
    """An account with every penalty on record, newest first."""

    douyin_id: str
    nickname: str
    phone: str = Field(description="The registered phone, in full: never show it to a user.")
    registered_at: Moment
    status: rules.AccountStatus = Field(
        description="Derived: the gravest of an active ban, a freeze and other active penalties."
    )
    freeze: Freeze | None
    penalties: list[Penalty]

    @classmethod
    def of(cls, row: models.Account, now: datetime) -> "Account":
        frozen = row.frozen_at is not None
        return cls(
            douyin_id=row.douyin_id,
            nickname=row.nickname,
            phone=row.phone,
            registered_at=row.registered_at,
            status=rules.account_status(row.penalties, frozen, now),
            freeze=Freeze(since=row.frozen_at, reason=row.freeze_reason) if frozen else None,  # type: ignore[arg-type]
            penalties=[Penalty.of(penalty, now) for penalty in row.penalties],
        )


class NewAppeal(BaseModel):
    """An appeal as a support desk files it for the user."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    case_number: str = Field(min_length=1, max_length=64, examples=["KF20261124000001"])
    reason: str = Field(min_length=1, max_length=2000, description="In the user's own words.")


class FiledAppeal(BaseModel):
    """An appeal on record."""

    appeal_id: str
    penalty_id: str
    case_number: str
    filed_at: Moment
    state: Literal["pending", "upheld", "lifted"] = Field(
        description="`upheld`: the penalty stays; `lifted`: it was taken back."
    )
    decided_at: Moment | None

    @classmethod
    def of(cls, row: models.Appeal) -> "FiledAppeal":
        return cls(
            appeal_id=row.appeal_id,
            penalty_id=row.penalty_id,
            case_number=row.case_number,
            filed_at=row.filed_at,
            state=row.outcome or "pending",  # type: ignore[arg-type]
            decided_at=row.decided_at,
        )


class Decision(BaseModel):
    """What the platform's reviewers found."""

    model_config = ConfigDict(extra="forbid")

    outcome: Literal["upheld", "lifted"]


class Work(BaseModel):
    """A video with the state of its review."""

    work_id: str
    douyin_id: str
    title: str
    state: Literal["reviewing", "published", "rejected", "removed", "private"]
    reason: str | None
    rule: str | None
    submitted_at: Moment
    reviewed_at: Moment | None
    review_overdue: bool = Field(description="Still in review after 48 hours.")

    @classmethod
    def of(cls, row: models.Work, now: datetime) -> "Work":
        return cls(
            work_id=row.work_id,
            douyin_id=row.douyin_id,
            title=row.title,
            state=row.verdict or "reviewing",  # type: ignore[arg-type]
            reason=row.reason,
            rule=row.rule,
            submitted_at=row.submitted_at,
            reviewed_at=row.reviewed_at,
            review_overdue=rules.review_is_overdue(row.verdict, row.submitted_at, now),
        )


class LiveRoom(BaseModel):
    """A live room; `state` is `banned` while a live ban on its owner is in force."""

    room_id: str
    douyin_id: str
    title: str
    state: Literal["live", "ended", "banned"]
    started_at: Moment
    ended_at: Moment | None
    resolution: str = Field(examples=["1280x720"])
    fps: int
    bitrate_kbps: int
    dropped_frames_percent: float

    @classmethod
    def of(cls, row: models.LiveRoom, owner: models.Account, now: datetime) -> "LiveRoom":
        return cls(
            room_id=row.room_id,
            douyin_id=row.douyin_id,
            title=row.title,
            state=rules.live_room_state(owner.penalties, row.ended_at, now),
            started_at=row.started_at,
            ended_at=row.ended_at,
            resolution=row.resolution,
            fps=row.fps,
            bitrate_kbps=row.bitrate_kbps,
            dropped_frames_percent=row.dropped_frames_percent,
        )


class Payment(BaseModel):
    """A recharge or a withdrawal; amounts are in fen (1/100 yuan)."""

    payment_no: str
    douyin_id: str
    kind: Literal["recharge", "withdrawal"]
    channel: Literal["wechat", "alipay", "apple", "bank_card"]
    amount_fen: int
    coins: int | None = Field(description="Coins bought; null for a withdrawal.")
    state: rules.PaymentState
    created_at: Moment
    settles_at: Moment | None = Field(description="When the money arrives or arrived.")
    failure: str | None

    @classmethod
    def of(cls, row: models.Payment, now: datetime) -> "Payment":
        return cls(
            payment_no=row.payment_no,
            douyin_id=row.douyin_id,
            kind=row.kind,  # type: ignore[arg-type]
            channel=row.channel,  # type: ignore[arg-type]
            amount_fen=row.amount_fen,
            coins=row.coins,
            state=rules.payment_state(row.failure, row.settles_at, now),
            created_at=row.created_at,
            settles_at=row.settles_at,
            failure=row.failure,
        )


class Health(BaseModel):
    """Answered only when the database can be read."""

    status: Literal["ok"] = "ok"


class Works(BaseModel):
    """An account's works, newest first."""

    works: list[Work]


class LiveRooms(BaseModel):
    """An account's live rooms, newest first."""

    live_rooms: list[LiveRoom]


class Payments(BaseModel):
    """An account's payments, newest first."""

    payments: list[Payment]
