/** Bytes to the desk with progress, which fetch cannot tell: one file is one request's body. */
import { ApiError, errorFrom } from './error'

export interface UploadWatch {
  /** Told the share that has gone out, 0 to 1. */
  onProgress(share: number): void
  signal: AbortSignal
}

export type Upload = <T>(path: string, bytes: Blob, watch: UploadWatch) => Promise<T>

export interface UploadOptions {
  locale: () => string
  /** Looks at every refusal before it is thrown. */
  noted: (error: ApiError) => ApiError
  openRequest?: () => XMLHttpRequest
}

// A large file may take long, but not stand still for this long.
const STALL_MS = 60_000

export function createUpload(options: UploadOptions): Upload {
  const openRequest = options.openRequest ?? (() => new XMLHttpRequest())

  return function upload<T>(path: string, bytes: Blob, { onProgress, signal }: UploadWatch): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const request = openRequest()
      const stall = alarm(STALL_MS, () => request.abort())
      const end = (settle: () => void) => () => (stall.off(), settle())
      const lost = end(() => reject(new ApiError(0, signal.aborted ? 'cancelled' : 'unreachable', '')))

      request.upload.onprogress = (event) => {
        stall.again()
        if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total)
      }
      request.onload = end(() => {
        const answer = parsed(request.responseText)
        if (request.status >= 400) return reject(options.noted(errorFrom(request.status, answer)))
        if (answer === null) return reject(new ApiError(502, 'malformed_answer', ''))
        resolve(answer as T)
      })
      request.onerror = request.onabort = lost
      signal.addEventListener('abort', () => request.abort(), { once: true })

      request.open('POST', path)
      request.setRequestHeader('Accept', 'application/json')
      request.setRequestHeader('Accept-Language', options.locale())
      request.send(bytes)
    })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function alarm(ms: number, ring: () => void): { again(): void; off(): void } {
  let timer = setTimeout(ring, ms)
  const off = () => clearTimeout(timer)
  return { off, again: () => (off(), (timer = setTimeout(ring, ms))) }
}
