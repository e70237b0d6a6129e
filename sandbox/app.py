"""The HTTP face of the account system; its contract is at /openapi.json and /docs."""

import hmac
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from sandbox import appeals, schemas, seed
from sandbox.errors import KeyMissingOrWrong, SandboxError
from sandbox.repository import Repository, open_database, transaction
from sandbox.settings import Settings

Clock = Callable[[], datetime]
Responses = dict[int | str, dict[str, Any]]

DESCRIPTION = """
A stand-in for the account system of a short-video platform. A support desk reads accounts,
penalties, works, live rooms and payments here and files appeals. To connect a real system,
serve these routes from it (or from a small bridge before it) and point the desk's
`DESK_ACCOUNTS_URL` there.

Everything that depends on time is true at the moment of the request: a penalty whose term
has ended is not active, an account's status follows from what is active now, an appeal
after its deadline is refused. Every refusal is `{"code", "message", "details"}`.
"""

DouyinId = Annotated[str, Path(max_length=64, description="The public id a user knows.")]
bearer = HTTPBearer(auto_error=False, description="The shared key, `SANDBOX_KEY`.")


def utc_now() -> datetime:
    """The clock of a running sandbox."""
    return datetime.now(UTC)


def require_key(
    request: Request,
    shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> None:
    """Refuse a caller without the shared key, in constant time."""
    expected: str = request.app.state.key
    if shown is None or not hmac.compare_digest(shown.credentials.encode(), expected.encode()):
        raise KeyMissingOrWrong()


def get_repository(request: Request) -> Iterator[Repository]:
    """One transaction per request, ended before the answer is sent."""
    with transaction(request.app.state.engine) as repository:
        yield repository


def get_now(request: Request) -> datetime:
    """The moment of the request, by the injected clock."""
    now: datetime = request.app.state.clock()
    return now


Store = Annotated[Repository, Depends(get_repository, scope="function")]
Now = Annotated[datetime, Depends(get_now)]

NOT_FOUND: Responses = {404: {"model": schemas.Problem, "description": "There is no such thing."}}
REFUSED: Responses = {409: {"model": schemas.Problem, "description": "The rules do not allow it; see `code`."}}
UNAUTHORIZED: Responses = {401: {"model": schemas.Problem, "description": "The key is missing or wrong."}}

health = APIRouter(tags=["health"])
router = APIRouter(dependencies=[Depends(require_key)], responses={**UNAUTHORIZED, **NOT_FOUND})


@health.get("/health")
def get_health(store: Store) -> schemas.Health:
    """Ready when the database answers. Needs no key."""
    store.has_accounts()
    return schemas.Health()


@router.get("/accounts/{douyin_id}", tags=["accounts"])
def get_account(douyin_id: DouyinId, store: Store, now: Now) -> schemas.Account:
    """One account with its status and every penalty on record.

    The caller must prove to itself that the user owns the account (by `phone`)
    before it shows any of this.
    """
    return schemas.Account.of(store.account(douyin_id), now)


@router.get("/accounts/{douyin_id}/works", tags=["works"])
def list_works(douyin_id: DouyinId, store: Store, now: Now) -> schemas.Works:
    """An account's works, newest first."""
    works = store.works_of(store.account(douyin_id))
    return schemas.Works(works=[schemas.Work.of(work, now) for work in works])


@router.get("/accounts/{douyin_id}/live-rooms", tags=["live rooms"])
def list_live_rooms(douyin_id: DouyinId, store: Store, now: Now) -> schemas.LiveRooms:
    """An account's live rooms, newest first."""
    owner = store.account(douyin_id)
    rooms = store.live_rooms_of(owner)
    return schemas.LiveRooms(live_rooms=[schemas.LiveRoom.of(room, owner, now) for room in rooms])


@router.get("/accounts/{douyin_id}/payments", tags=["payments"])
def list_payments(douyin_id: DouyinId, store: Store, now: Now) -> schemas.Payments:
    """An account's recharges and withdrawals, newest first."""
    payments = store.payments_of(store.account(douyin_id))
    return schemas.Payments(payments=[schemas.Payment.of(payment, now) for payment in payments])


@router.get("/penalties/{penalty_id}", tags=["penalties"])
def get_penalty(penalty_id: str, store: Store, now: Now) -> schemas.Penalty:
    """One penalty as it stands now."""
    return schemas.Penalty.of(store.penalty(penalty_id), now)


@router.post("/penalties/{penalty_id}/appeals", status_code=201, tags=["appeals"], responses=REFUSED)
def file_appeal(
    penalty_id: str,
    body: schemas.NewAppeal,
    idempotency_key: Annotated[
        str,
        Header(
            min_length=1,
            max_length=200,
            description="Use the case number: a repeated request gives the first answer again.",
        ),
    ],
    store: Store,
    now: Now,
) -> schemas.FiledAppeal:
    """File an appeal for the user.

    Refused with 409 and a `code`: `already_filed` (one waits for its decision),
    `not_appealable` (this penalty admits none, or its two appeals are used up),
    `expired` (the deadline has passed).
    """
    return schemas.FiledAppeal.of(appeals.file_appeal(store, penalty_id, body, idempotency_key, now))


@router.get("/appeals/{appeal_id}", tags=["appeals"])
def get_appeal(appeal_id: str, store: Store) -> schemas.FiledAppeal:
    """One appeal and what became of it."""
    return schemas.FiledAppeal.of(store.appeal(appeal_id))


@router.post("/appeals/{appeal_id}/decision", tags=["appeals"], responses=REFUSED)
def decide_appeal(appeal_id: str, body: schemas.Decision, store: Store, now: Now) -> schemas.FiledAppeal:
    """What the platform's reviewers do: keep the penalty (`upheld`) or take it back (`lifted`).

    An appeal is decided once; a second decision is refused with 409 `already_decided`.
    """
    return schemas.FiledAppeal.of(appeals.decide_appeal(store, appeal_id, body.outcome, now))


@router.get("/works/{work_id}", tags=["works"])
def get_work(work_id: str, store: Store, now: Now) -> schemas.Work:
    """One work and the state of its review."""
    return schemas.Work.of(store.work(work_id), now)


@router.get("/live-rooms/{room_id}", tags=["live rooms"])
def get_live_room(room_id: str, store: Store, now: Now) -> schemas.LiveRoom:
    """One live room and what was last measured of its stream."""
    room = store.live_room(room_id)
    return schemas.LiveRoom.of(room, store.account(room.douyin_id), now)


@router.get("/payments/{payment_no}", tags=["payments"])
def get_payment(payment_no: str, store: Store, now: Now) -> schemas.Payment:
    """One recharge or withdrawal."""
    return schemas.Payment.of(store.payment(payment_no), now)


def render_error(_request: Request, error: Exception) -> JSONResponse:
    """A named failure in the one shape of refusals."""
    assert isinstance(error, SandboxError)
    content = {"code": error.code, "message": error.message, "details": error.details}
    return JSONResponse(content, error.status)


def render_malformed(_request: Request, error: Exception) -> JSONResponse:
    """Says where the request is wrong, without echoing what was sent."""
    assert isinstance(error, RequestValidationError)
    fields = {".".join(map(str, each["loc"])): each["msg"] for each in error.errors()}
    content = {"code": "malformed", "message": "The request is malformed.", "details": fields}
    return JSONResponse(content, 422)


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """The service on its database, seeded when that is empty."""
    app = FastAPI(title="Account system (sandbox)", version="1.0", description=DESCRIPTION)
    app.state.key = settings.key.get_secret_value()
    app.state.clock = clock
    app.state.engine = open_database(settings.database_url)
    with transaction(app.state.engine) as repository:
        seed.seed_once(repository, clock())
    app.add_exception_handler(SandboxError, render_error)
    app.add_exception_handler(RequestValidationError, render_malformed)
    app.include_router(health)
    app.include_router(router)
    return app
