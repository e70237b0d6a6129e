/** JSON over fetch: one named error for everything that can go wrong. */
import { ApiError, errorFrom } from './error'
import { createUpload, type Upload } from './upload'

const TIMEOUT_MS = 15_000

export interface Http {
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  upload: Upload
  /** Milliseconds by which the desk's clock is ahead of this machine's. */
  readonly clockSkew: number
}

export interface HttpOptions {
  fetch: typeof fetch
  locale: () => string
  onSignedOut: () => void
  openRequest?: () => XMLHttpRequest
}

export function createHttp(options: HttpOptions): Http {
  let clockSkew = 0

  async function send(method: string, path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': options.locale() }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    try {
      return await options.fetch(path, {
        method,
        headers,
        credentials: 'same-origin',
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch {
      throw new ApiError(0, 'unreachable', '')
    }
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await send(method, path, body)
    clockSkew = skewOf(response) ?? clockSkew
    if (response.ok) return (response.status === 204 ? undefined : await json(response)) as T
    throw noted(errorFrom(response.status, await response.json().catch(() => ({}))))
  }

  function noted(error: ApiError): ApiError {
    // A wrong password is also a 401, but it ends no session.
    if (error.status === 401 && error.code !== 'login_failed') options.onSignedOut()
    return error
  }

  return {
    call,
    upload: createUpload({ locale: options.locale, noted, openRequest: options.openRequest }),
    get clockSkew() {
      return clockSkew
    },
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new ApiError(502, 'malformed_answer', '')
  }
}

function skewOf(response: Response): number | null {
  const at = Date.parse(response.headers.get('Date') ?? '')
  if (Number.isNaN(at)) return null
  const skew = at - Date.now()
  // The header is cut to seconds: a smaller difference says nothing.
  return Math.abs(skew) < 2000 ? 0 : skew
}
