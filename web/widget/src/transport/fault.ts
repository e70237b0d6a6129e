/** Why a request did not succeed, and what follows from it. */

export interface Fault {
  /** 0 when no answer came at all. */
  status: number;
  code: string;
  /** The desk's sentence, in the user's language. */
  message: string;
  retryAfterSeconds: number;
  /** The most that the desk takes, when that was exceeded. */
  limit: number | null;
}

export type Answer<T> = { ok: true; data: T } | { ok: false; fault: Fault };

/**
 * unreachable: no answer, keep and try again; broken: the desk stumbled, try again a few times;
 * pause: wait as long as told; sign_in: the token is no longer good; refuse: sending it again would not help.
 */
export type Verdict = "unreachable" | "broken" | "pause" | "sign_in" | "refuse";

const PAUSE_SECONDS = 10;

/** What a proxy answers while the desk itself is away. */
const NOBODY_THERE = [408, 502, 503, 504];

const STATUS_OF_CODE: Record<string, number> = {
  too_many_messages: 429,
  token_invalid: 401,
  token_expired: 401,
  internal_error: 500,
  unavailable: 503,
};

export const unreachable: Fault = { status: 0, code: "unreachable", message: "", retryAfterSeconds: 0, limit: null };

export function verdict({ status }: Fault): Verdict {
  if (status === 0 || NOBODY_THERE.includes(status)) return "unreachable";
  if (status === 401) return "sign_in";
  if (status === 429) return "pause";
  if (status >= 500) return "broken";
  return "refuse";
}

/** Reads an error body; whatever stands there, the result is a Fault. */
export function readFault(status: number, body: unknown, retryAfter: string | null = null): Fault {
  const error = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const details = (typeof error.details === "object" && error.details !== null ? error.details : {}) as Record<string, unknown>;
  return {
    status,
    code: String(error.code ?? status),
    message: typeof error.message === "string" ? error.message : "",
    retryAfterSeconds: Number(retryAfter ?? details.retry_after) || PAUSE_SECONDS,
    limit: Number(details.limit) || null,
  };
}

/** A socket's refusal carries no status; its code tells the same. */
export function readSocketFault(error: unknown): Fault {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  return readFault(STATUS_OF_CODE[code] ?? (code ? 422 : 500), error);
}
