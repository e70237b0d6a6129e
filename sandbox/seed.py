"""Demo content, written once into an empty database, in times relative to that moment.

No person in it is real; phones are of the unused 1380000 range.
"""

from datetime import datetime, timedelta

from sandbox.models import Account, LiveRoom, Payment, Penalty, Work
from sandbox.repository import Repository

APPEAL_TERM = timedelta(days=7)


def seed_once(repository: Repository, now: datetime) -> None:
    """Fill an empty database; one that has accounts is left as it is."""
    if repository.has_accounts():
        return
    for rows in (_accounts(now), _penalties(now), _works(now), _live_rooms(now), _payments(now)):
        repository.add_all(rows)


def _accounts(now: datetime) -> list[Account]:
    def account(douyin_id: str, nickname: str, phone: str, years: float) -> Account:
        registered_at = now - timedelta(days=365 * years)
        return Account(douyin_id=douyin_id, nickname=nickname, phone=phone, registered_at=registered_at)

    frozen = account("frozen_amy", "艾米爱画画", "13800002222", 1.2)
    frozen.frozen_at = now - timedelta(hours=9)
    frozen.freeze_reason = (
        "检测到账号在陌生设备上多次尝试登录，为保护账号安全已暂时冻结。由本人完成身份核验后即可解除。"
    )
    return [
        account("lucky_2020", "幸运的小满", "13800001111", 4.6),
        account("dy8f3k2", "用户8f3k2", "13800001111", 0.8),
        account("zhubo666", "阿南夜聊", "13800004444", 2.9),
        frozen,
        account("quiet_river", "静静的河", "13800003333", 3.1),
    ]


def _penalties(now: datetime) -> list[Penalty]:
    return [
        _penalty(
            "PN2020000001",
            "lucky_2020",
            "account_ban",
            "账号近期发布的多条视频引导观众添加站外联系方式领取“福利”，经人工复核，认定为站外引流。",
            "《社区自律公约》中关于站外引流和广告信息的规定",
            started_at=now - timedelta(days=1, hours=6),
            term=timedelta(days=7),
        ),
        _penalty(
            "PN2020000002",
            "lucky_2020",
            "mute",
            "在评论区多次发布与作品无关的重复内容。",
            "《社区自律公约》中关于刷屏灌水的规定",
            started_at=now - timedelta(days=95),
            term=timedelta(days=3),
        ),
        _penalty(
            "PN8F3K200001",
            "dy8f3k2",
            "account_ban",
            "账号多次发布虚假中奖、兼职返利信息，诱导他人转账，在收到两次警告后仍继续发布，情节严重。",
            "《社区自律公约》中关于欺诈行为的规定",
            started_at=now - timedelta(days=2, hours=3),
            term=None,
        ),
        _penalty(
            "PN8F3K200002",
            "dy8f3k2",
            "warning",
            "发布的作品含有未经证实的中奖信息，作品已删除。",
            "《社区自律公约》中关于虚假信息的规定",
            started_at=now - timedelta(days=20),
            term=timedelta(0),
        ),
        _penalty(
            "PNZB66600001",
            "zhubo666",
            "live_ban",
            "直播过程中长时间无人出镜，并循环播放事先录制的内容。",
            "《直播行为规范》中关于无人直播和录播的规定",
            started_at=now - timedelta(hours=11),
            term=timedelta(days=3),
        ),
    ]


def _penalty(
    penalty_id: str,
    douyin_id: str,
    kind: str,
    reason: str,
    rule: str,
    *,
    started_at: datetime,
    term: timedelta | None,
) -> Penalty:
    """A penalty; a warning has no effect to appeal against."""
    admits_appeals = kind != "warning"
    return Penalty(
        penalty_id=penalty_id,
        douyin_id=douyin_id,
        type=kind,
        reason=reason,
        rule=rule,
        started_at=started_at,
        ends_at=None if term is None else started_at + term,
        admits_appeals=admits_appeals,
        appeal_deadline=started_at + APPEAL_TERM if admits_appeals else None,
    )


def _works(now: datetime) -> list[Work]:
    def hours_ago(hours: float) -> datetime:
        return now - timedelta(hours=hours)

    return [
        Work(
            work_id="7301000000000000001",
            douyin_id="quiet_river",
            title="清晨五点的河边，风吹芦苇的声音",
            verdict="published",
            submitted_at=hours_ago(200),
            reviewed_at=hours_ago(199.6),
        ),
        Work(
            work_id="7301000000000000002",
            douyin_id="quiet_river",
            title="老渡口的最后一班船",
            submitted_at=hours_ago(5),
        ),
        Work(
            work_id="7301000000000000003",
            douyin_id="quiet_river",
            title="试着用旧胶片机拍了一条河",
            submitted_at=hours_ago(53),
        ),
        Work(
            work_id="7301000000000000004",
            douyin_id="quiet_river",
            title="桥洞下的即兴演奏",
            verdict="rejected",
            reason="背景音乐未获授权，请更换音乐后重新发布。",
            rule="《社区自律公约》中关于知识产权的规定",
            submitted_at=hours_ago(30),
            reviewed_at=hours_ago(28),
        ),
        Work(
            work_id="7301000000000000005",
            douyin_id="lucky_2020",
            title="进来看，新人都有份！",
            verdict="removed",
            reason="画面中出现站外联系方式，引导观众离开平台。",
            rule="《社区自律公约》中关于站外引流和广告信息的规定",
            submitted_at=hours_ago(40),
            reviewed_at=hours_ago(31),
        ),
        Work(
            work_id="7301000000000000006",
            douyin_id="frozen_amy",
            title="水彩入门第三课：画一只橘猫",
            verdict="private",
            reason="账号冻结期间，作品暂时仅自己可见。",
            submitted_at=hours_ago(120),
            reviewed_at=hours_ago(119),
        ),
    ]


def _live_rooms(now: datetime) -> list[LiveRoom]:
    return [
        LiveRoom(
            room_id="591902670010",
            douyin_id="zhubo666",
            title="阿南夜聊|睡不着就来坐坐",
            started_at=now - timedelta(hours=14),
            ended_at=now - timedelta(hours=11),
            resolution="1280x720",
            fps=30,
            bitrate_kbps=2500,
            dropped_frames_percent=0.4,
        ),
        LiveRoom(
            room_id="591902670011",
            douyin_id="quiet_river",
            title="河边露营，陪你听一夜雨",
            started_at=now - timedelta(hours=1),
            resolution="1920x1080",
            fps=30,
            bitrate_kbps=1100,
            dropped_frames_percent=6.8,
        ),
    ]


def _payments(now: datetime) -> list[Payment]:
    return [
        Payment(
            payment_no="RC20260000000001",
            douyin_id="quiet_river",
            kind="recharge",
            channel="wechat",
            amount_fen=9800,
            coins=980,
            created_at=now - timedelta(days=6),
            settles_at=now - timedelta(days=6),
        ),
        Payment(
            payment_no="RC20260000000002",
            douyin_id="quiet_river",
            kind="recharge",
            channel="alipay",
            amount_fen=64800,
            coins=6480,
            created_at=now - timedelta(minutes=20),
            settles_at=now + timedelta(hours=2),
        ),
        Payment(
            payment_no="RC20260000000003",
            douyin_id="frozen_amy",
            kind="recharge",
            channel="apple",
            amount_fen=3000,
            coins=210,
            created_at=now - timedelta(days=1),
            failure="支付渠道扣款失败，款项未从账户划出。",
        ),
        Payment(
            payment_no="WD20260000000001",
            douyin_id="zhubo666",
            kind="withdrawal",
            channel="bank_card",
            amount_fen=186000,
            created_at=now - timedelta(days=2),
            settles_at=now + timedelta(days=5),
        ),
        Payment(
            payment_no="WD20260000000002",
            douyin_id="zhubo666",
            kind="withdrawal",
            channel="bank_card",
            amount_fen=52000,
            created_at=now - timedelta(days=16),
            failure="银行卡开户姓名与实名认证信息不一致，款项已退回余额。",
        ),
        Payment(
            payment_no="WD20260000000003",
            douyin_id="zhubo666",
            kind="withdrawal",
            channel="bank_card",
            amount_fen=73500,
            created_at=now - timedelta(days=34),
            settles_at=now - timedelta(days=31),
        ),
    ]
