/** The one named error of everything asked of the desk. */

/** A refused or failed call. `status` is 0 when the desk could not be reached at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** True when it is worth trying the same call again. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** The desk's refusal as its answer tells it, or what can be said of an answer that tells nothing. */
export function errorFrom(status: number, answer: unknown): ApiError {
  const body = answer as Record<string, unknown> | null
  const code = typeof body?.code === 'string' ? body.code : `http_${status}`
  const message = typeof body?.message === 'string' ? body.message : ''
  return new ApiError(status, code, message, (body?.details ?? {}) as Record<string, unknown>)
}
