import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDesk } from '@/api/desk'
import { createHttp } from '@/api/http'
import { picture } from '../fakes'

/** As much of a browser's request as an upload uses; its test plays the desk. */
class FakeRequest {
  static last: FakeRequest
  status = 0
  responseText = ''
  asked = ''
  headers: Record<string, string> = {}
  body: unknown
  aborted = false
  upload: { onprogress?: (event: Partial<ProgressEvent>) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void

  constructor() {
    FakeRequest.last = this
  }
  open(method: string, path: string) {
    this.asked = `${method} ${path}`
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  send(body: unknown) {
    this.body = body
  }
  abort() {
    this.aborted = true
    this.onabort?.()
  }
  answer(status: number, body: unknown) {
    Object.assign(this, { status, responseText: typeof body === 'string' ? body : JSON.stringify(body) })
    this.onload?.()
  }
}

let signedOut: number
let shares: number[]
let abort: AbortController

function start(name = 'shot.png') {
  const http = createHttp({
    fetch: (() => Promise.reject(new Error('not this way'))) as typeof fetch,
    locale: () => 'en',
    onSignedOut: () => (signedOut += 1),
    openRequest: () => new FakeRequest() as unknown as XMLHttpRequest,
  })
  const watch = { onProgress: (share: number) => shares.push(share), signal: abort.signal }
  return createDesk(http).upload('c/1', picture(name), watch)
}

beforeEach(() => {
  signedOut = 0
  shares = []
  abort = new AbortController()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('sends the bytes as they are, under the file’s name and in the agent’s language', async () => {
  const uploading = start('截图 1&2.png')
  FakeRequest.last.answer(201, { id: 'f_1' })
  expect(await uploading).toEqual({ id: 'f_1' })
  expect(FakeRequest.last.asked).toBe('POST /api/agent/conversations/c%2F1/attachments?name=%E6%88%AA%E5%9B%BE%201%262.png')
  expect(FakeRequest.last.body).toBeInstanceOf(File)
  expect(FakeRequest.last.headers['Accept-Language']).toBe('en')
})

it('tells how much has gone out', async () => {
  const uploading = start()
  FakeRequest.last.upload.onprogress!({ lengthComputable: true, loaded: 25, total: 100 })
  FakeRequest.last.upload.onprogress!({ lengthComputable: false, loaded: 30, total: 0 })
  FakeRequest.last.answer(201, {})
  await uploading
  expect(shares).toEqual([0.25])
})

it('turns a refusal into a named error with its details', async () => {
  const uploading = start()
  FakeRequest.last.answer(413, { code: 'attachment_too_large', message: '', details: { limit: 5 } })
  await expect(uploading).rejects.toMatchObject({ status: 413, code: 'attachment_too_large', details: { limit: 5 }, transient: false })
})

it('survives answers that are not JSON', async () => {
  const broken = start()
  FakeRequest.last.answer(502, '<html>')
  await expect(broken).rejects.toMatchObject({ code: 'http_502', transient: true })
  const odd = start()
  FakeRequest.last.answer(201, '<html>')
  await expect(odd).rejects.toMatchObject({ code: 'malformed_answer' })
})

it('ends the session when it has expired meanwhile', async () => {
  const uploading = start()
  FakeRequest.last.answer(401, { code: 'token_expired' })
  await expect(uploading).rejects.toMatchObject({ status: 401 })
  expect(signedOut).toBe(1)
})

it('calls a lost line unreachable, and a called-off upload cancelled', async () => {
  const lost = start()
  FakeRequest.last.onerror!()
  await expect(lost).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  const off = start()
  abort.abort()
  expect(FakeRequest.last.aborted).toBe(true)
  await expect(off).rejects.toMatchObject({ code: 'cancelled' })
})

it('gives up when nothing moves for a minute, however long the whole takes', async () => {
  const uploading = start()
  const refused = expect(uploading).rejects.toMatchObject({ code: 'unreachable' })
  for (let minute = 0; minute < 5; minute += 1) {
    vi.advanceTimersByTime(50_000)
    FakeRequest.last.upload.onprogress!({ lengthComputable: true, loaded: minute, total: 100 })
  }
  expect(FakeRequest.last.aborted).toBe(false)
  vi.advanceTimersByTime(60_001)
  await refused
})
