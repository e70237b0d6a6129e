"""What all HTTP routes share: who asks, in which language, and how a refusal looks."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from starlette.exceptions import HTTPException

from desk.conversations.models import Conversation
from desk.errors import Failed, InvalidField, MalformedJson, NotFound, Refusal, TokenInvalid, UnknownField
from desk.parts import SESSION, Parts
from desk.words import pick_locale, say


class Storable(BaseModel):
    """What arrives as JSON: a value that no database keeps is refused before any query."""

    @field_validator("*", mode="before")
    @classmethod
    def _can_be_stored(cls, value: Any, field: ValidationInfo) -> Any:
        # What a user typed has a refusal of its own.
        if field.field_name not in ("text", "message") and not can_be_stored(value):
            raise ValueError("holds NUL or half a character")
        return value


class Strict(Storable):
    """A request body: unknown fields are refused, types are not bent."""

    model_config = ConfigDict(extra="forbid", strict=True)


def can_be_stored(value: Any) -> bool:
    """Whether no string inside holds NUL or half a surrogate pair, which JSON can write and databases refuse."""
    if isinstance(value, str):
        return not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(can_be_stored(key) and can_be_stored(item) for key, item in value.items())
    return not isinstance(value, list) or all(can_be_stored(item) for item in value)


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def locale_of(request: Request) -> str:
    return pick_locale(request.query_params.get("locale"), request.headers.get("accept-language"))


def address_of(request: Request) -> str:
    return parts_of(request).hashed(request.client.host if request.client else "unknown")


def bearer(request: Request) -> str:
    """The token of the Authorization header; TokenInvalid when there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise TokenInvalid()
    return token.strip()


async def session_conversation(request: Request) -> str:
    """The id of the conversation the caller's token is bound to."""
    parts = parts_of(request)
    conversation_id = parts.tokens.read(SESSION, bearer(request))
    async with parts.database.read() as session:
        if await session.get(Conversation, conversation_id) is None:
            raise TokenInvalid()
    return conversation_id


# A longer one names nothing.
AttachmentId = Annotated[str, Field(max_length=64)]
Mine = Annotated[str, Depends(session_conversation)]


def refusal_view(refusal: Refusal, locale: str) -> dict[str, Any]:
    return {"code": refusal.code, "message": say(locale, f"error-{refusal.code}"), "details": refusal.details}


def _answer(refusal: Refusal, locale: str) -> JSONResponse:
    wait = refusal.details.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else None
    return JSONResponse(refusal_view(refusal, locale), refusal.status, headers)


def as_refusal(first: Any, place: str) -> Refusal:
    """Translate pydantic's first complaint into one of ours."""
    if first["type"] == "json_invalid":
        return MalformedJson()
    if first["type"] == "extra_forbidden":
        return UnknownField(field=place)
    return InvalidField(field=place)


def install_refusals(app: FastAPI) -> None:
    """Every failure answers with a code and a sentence, never with a stack trace."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> JSONResponse:
        return _answer(refusal, locale_of(request))

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, problem: RequestValidationError) -> JSONResponse:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:])  # without "body", "query" or the like
        return _answer(as_refusal(first, place), locale_of(request))

    @app.exception_handler(HTTPException)
    async def plain(request: Request, problem: HTTPException) -> JSONResponse:
        refusal = NotFound() if problem.status_code == 404 else Refusal()
        answer = _answer(refusal, locale_of(request))
        answer.status_code = problem.status_code
        return answer

    @app.exception_handler(Exception)
    async def failed(request: Request, _problem: Exception) -> JSONResponse:
        return _answer(Failed(), locale_of(request))
