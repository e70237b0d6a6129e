"""The failures a caller can act on, each with its status and a stable code."""


class SandboxError(Exception):
    """Rendered as `{"code", "message", "details"}` by one handler."""

    status = 400
    code = "bad_request"
    message = "The request cannot be served."

    def __init__(self, **details: object) -> None:
        super().__init__(self.message)
        self.details = details


class KeyMissingOrWrong(SandboxError):
    """The caller did not show the shared key."""

    status = 401
    code = "unauthorized"
    message = "Send the key as 'Authorization: Bearer <SANDBOX_KEY>'."


class NotFound(SandboxError):
    """No such account, penalty, appeal, work, live room or payment."""

    status = 404

    def __init__(self, what: str) -> None:
        super().__init__()
        self.code = f"{what}_not_found"
        self.message = f"There is no such {what.replace('_', ' ')}."


class AppealRefused(SandboxError):
    """The rules of the penalty do not allow this appeal; `code` says which one."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.message = {
            "already_filed": "An appeal against this penalty is waiting for its decision.",
            "expired": "The deadline for an appeal has passed.",
            "not_appealable": "This penalty admits no (further) appeal.",
        }[code]


class IdempotencyKeyReused(SandboxError):
    """One key stands for one request; a second, different one is a caller's bug."""

    status = 409
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for another request."


class AlreadyDecided(SandboxError):
    """An appeal is decided once."""

    status = 409
    code = "already_decided"
    message = "This appeal was decided before."
