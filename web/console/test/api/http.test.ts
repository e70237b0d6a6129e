import { expect, it } from 'vitest'
import { createDesk } from '@/api/desk'
import { createHttp } from '@/api/http'
import { attachment } from '../fakes'

interface Asked {
  path: string
  init: RequestInit
}

function http(answer: () => Response) {
  const asked: Asked[] = []
  const signedOut: true[] = []
  const made = createHttp({
    fetch: (async (path: string, init: RequestInit) => {
      asked.push({ path, init })
      return answer()
    }) as typeof fetch,
    locale: () => 'en',
    onSignedOut: () => signedOut.push(true),
  })
  return { http: made, asked, signedOut }
}

const json = (status: number, body: unknown, headers: HeadersInit = {}) => new Response(JSON.stringify(body), { status, headers })

it('asks in the agent’s language and with their session', async () => {
  const { http: made, asked } = http(() => json(200, {}))
  await made.call('GET', '/x')
  expect(asked[0]?.init).toMatchObject({ credentials: 'same-origin', headers: { 'Accept-Language': 'en' } })
})

it('turns a refusal into a named error with its details', async () => {
  const { http: made } = http(() => json(409, { code: 'not_owner', message: 'no', details: { epoch: 4 } }))
  await expect(made.call('POST', '/x', {})).rejects.toMatchObject({ status: 409, code: 'not_owner', details: { epoch: 4 }, transient: false })
})

it('calls what never reached the desk unreachable, and worth a retry', async () => {
  const { http: made } = http(() => {
    throw new TypeError('network')
  })
  await expect(made.call('GET', '/x')).rejects.toMatchObject({ status: 0, code: 'unreachable', transient: true })
})

it('survives an answer that is not JSON', async () => {
  await expect(http(() => new Response('<html>', { status: 200 })).http.call('GET', '/x')).rejects.toMatchObject({ code: 'malformed_answer' })
  await expect(http(() => new Response('<html>', { status: 502 })).http.call('GET', '/x')).rejects.toMatchObject({ code: 'http_502' })
})

it('ends the session on 401, but not for a wrong password', async () => {
  const expired = http(() => json(401, { code: 'token_expired' }))
  await expect(expired.http.call('GET', '/x')).rejects.toThrow()
  expect(expired.signedOut).toHaveLength(1)
  const wrong = http(() => json(401, { code: 'login_failed' }))
  await expect(wrong.http.call('POST', '/x')).rejects.toThrow()
  expect(wrong.signedOut).toHaveLength(0)
})

it('learns how far the desk’s clock is ahead', async () => {
  const { http: made } = http(() => json(200, {}, { Date: new Date(Date.now() + 60_000).toUTCString() }))
  await made.call('GET', '/x')
  expect(Math.round(made.clockSkew / 10_000)).toBe(6)
})

it('sends an agent’s writes with the epoch, and a note only when there is one', async () => {
  const { http: made, asked } = http(() => json(200, {}))
  const desk = createDesk(made)
  await desk.send('c/1', { clientId: 'id-1', text: '你好', attachments: [] }, 3)
  await desk.resolve('c1', 3, '  ')
  await desk.resolve('c1', 3, ' 已核实 ')
  expect(asked[0]?.path).toBe('/api/agent/conversations/c%2F1/messages')
  expect(asked.map((each) => JSON.parse(String(each.init.body)))).toEqual([
    { client_id: 'id-1', text: '你好', epoch: 3 },
    { epoch: 3 },
    { epoch: 3, note: '已核实' },
  ])
})

it('sends attachments by their ids, with words or without', async () => {
  const { http: made, asked } = http(() => json(200, {}))
  const desk = createDesk(made)
  await desk.send('c1', { clientId: 'id-1', text: ' ', attachments: [attachment('f_1'), attachment('f_2')] }, 3)
  expect(JSON.parse(String(asked[0]?.init.body))).toEqual({ client_id: 'id-1', epoch: 3, attachments: ['f_1', 'f_2'] })
})

it('keeps what the user is told apart from the note', async () => {
  const { http: made, asked } = http(() => json(200, {}))
  const desk = createDesk(made)
  await desk.transition('KF1', { to: 'waiting', note: '等截图', tell: ' 请补充截图 ' })
  await desk.transition('KF1', { to: 'open', note: '', tell: '' })
  expect(asked.map((each) => JSON.parse(String(each.init.body)))).toEqual([
    { to: 'waiting', note: '等截图', tell: '请补充截图' },
    { to: 'open' },
  ])
})
