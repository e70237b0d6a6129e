"""Every refusal the desk can give: a code for machines, a status for HTTP, words for people.

The words of a code stand in `locales/*.ftl` under `error-<code>`.
"""

from typing import Any


class Refusal(Exception):
    """A request that is refused for a reason its sender should hear."""

    status = 400
    code = "bad_request"

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class MalformedJson(Refusal):
    code = "malformed_json"


class InvalidField(Refusal):
    status, code = 422, "invalid_field"


class UnknownField(Refusal):
    status, code = 422, "unknown_field"


class TextEmpty(Refusal):
    status, code = 422, "text_empty"


class TextTooLong(Refusal):
    status, code = 422, "text_too_long"


class TextControlCharacters(Refusal):
    status, code = 422, "text_control_characters"


class PayloadNotOffered(Refusal):
    status, code = 422, "payload_not_offered"


class AttachmentEmpty(Refusal):
    status, code = 422, "attachment_empty"


class AttachmentBroken(Refusal):
    """It did not arrive whole, or is not what it begins as."""

    status, code = 422, "attachment_broken"


class AttachmentTooManyPixels(Refusal):
    status, code = 422, "attachment_too_many_pixels"


class AttachmentNotYours(Refusal):
    """It is of another conversation or author, was sent before, or does not exist."""

    status, code = 422, "attachment_not_yours"


class TokenInvalid(Refusal):
    status, code = 401, "token_invalid"


class TokenExpired(Refusal):
    status, code = 401, "token_expired"


class LoginFailed(Refusal):
    status, code = 401, "login_failed"


class NotSignedIn(Refusal):
    status, code = 401, "not_signed_in"


class KeyWrong(Refusal):
    status, code = 401, "key_wrong"


class NotFound(Refusal):
    status, code = 404, "not_found"


class ChannelOff(Refusal):
    status, code = 404, "channel_off"


class AlreadyClaimed(Refusal):
    status, code = 409, "already_claimed"


class NotOwner(Refusal):
    status, code = 409, "not_owner"


class IllegalTransition(Refusal):
    status, code = 409, "illegal_transition"


class AppealNotPossible(Refusal):
    status, code = 409, "appeal_not_possible"


class CsatAlreadyGiven(Refusal):
    status, code = 409, "csat_already_given"


class KeyReused(Refusal):
    """An idempotency key came back with another request."""

    status, code = 409, "idempotency_key_reused"


class BodyTooLarge(Refusal):
    status, code = 413, "body_too_large"


class AttachmentTooLarge(Refusal):
    status, code = 413, "attachment_too_large"


class AttachmentsFull(Refusal):
    """The conversation holds as many bytes as one may."""

    status, code = 413, "attachments_full"


class AttachmentTypeUnknown(Refusal):
    status, code = 415, "attachment_type_unknown"


class TooManyMessages(Refusal):
    status, code = 429, "too_many_messages"


class TooManyUploads(Refusal):
    status, code = 429, "too_many_uploads"


class TooManyTries(Refusal):
    status, code = 429, "too_many_tries"


class AccountsUnavailable(Refusal):
    status, code = 503, "accounts_unavailable"


class Failed(Refusal):
    """Something broke inside; nobody outside learns what."""

    status, code = 500, "internal"
