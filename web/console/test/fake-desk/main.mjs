/**
 * A desk for working on the console alone: the agent API of the contract over memory, with the built
 * console at /console/ and a few levers under /fake/ to cause trouble. Loopback only, never shipped.
 *   npm run build && npm run fake     then open /console/ and sign in as lin / lin-password
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Server } from 'socket.io'
import { keepAttachment } from './attachments.mjs'
import { createDesk } from './desk.mjs'
import { addMessage, addWaiting, createState, seed } from './state.mjs'
import { agentView } from './views.mjs'
import { languageOf } from './words.mjs'

const PORT = Number(process.env.DESK_PORT ?? 8000)
const BUNDLE = fileURLToPath(new URL('../../../../var/web/console/', import.meta.url))
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

let state = createState()
const server = createServer((request, response) => void handle(request, response))
const io = new Server(server)
const live = io.of('/console')
const announce = {
  queue: () => live.emit('queue', {}),
  message: (conversation_id, message) => state.trouble.mute || live.to(conversation_id).emit('message', { conversation_id, message }),
  case: (number) => live.emit('case_changed', { number }),
  owner: (conversation_id, ownership) => state.trouble.mute || live.emit('conversation', { conversation_id, ...ownership }),
}
let desk = createDesk(state, announce)
if (process.env.FAKE_EMPTY !== '1') seed(state)

const sessionOf = (cookie = '') => /desk_session=([\w-]+)/.exec(cookie)?.[1]

live.use((socket, next) => next(state.sessions.has(sessionOf(socket.handshake.headers.cookie)) ? undefined : new Error('unauthorized')))
live.on('connection', (socket) => {
  socket.on('watch', ({ conversation_id }, ack) => ack?.(socket.join(conversation_id) ?? { ok: true }))
  socket.on('unwatch', ({ conversation_id }) => socket.leave(conversation_id))
})

async function handle(request, response) {
  const url = new URL(request.url, 'http://desk')
  const answer = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  try {
    if (url.pathname.startsWith('/console')) return await serve(url.pathname, response)
    const bytes = await bytesOf(request)
    const isUpload = request.method === 'POST' && url.pathname.endsWith('/attachments')
    const body = isUpload || !bytes.length ? {} : JSON.parse(bytes)
    if (url.pathname.startsWith('/fake/')) return answer(200, lever(url.pathname.slice(6), body) ?? {})
    if (state.trouble.down) return request.socket.destroy()
    if (url.pathname === '/api/agent/session' && request.method === 'POST') return signIn(body, response, answer)
    const agent = state.sessions.get(sessionOf(request.headers.cookie))
    if (!agent) return answer(401, { code: 'token_invalid', message: '', details: {} })
    await new Promise((done) => setTimeout(done, state.trouble.slow ?? 0))
    if (isUpload) return answer(201, await uploaded(url, bytes))
    const kept = state.attachments.get(url.pathname.replace('/api/agent/attachments/', ''))
    if (kept && !state.trouble.lostFiles) return send(request, response, kept)
    answer(request.method === 'DELETE' ? 204 : 200, route(request, url, agent, body))
  } catch (error) {
    if (!error.status) console.error(error)
    answer(error.status ?? 500, error.body ?? { code: 'internal', message: '', details: {} })
  }
}

async function uploaded(url, bytes) {
  await new Promise((done) => setTimeout(done, state.trouble.slowUploads ?? 0))
  if (state.trouble.failUploads) throw { status: 503, body: { code: 'unavailable', message: '', details: {} } }
  return keepAttachment(state, decodeURIComponent(url.pathname.split('/')[4]), url.searchParams.get('name'), bytes)
}

/** The bytes, whole or the range asked for. */
function send(request, response, { view, bytes }) {
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
  const end = to ? Number(to) : bytes.length - 1
  const range = from && { 'Content-Range': `bytes ${from}-${end}/${bytes.length}` }
  response.writeHead(from ? 206 : 200, { 'Content-Type': view.content_type, 'Accept-Ranges': 'bytes', ...range })
  response.end(from ? bytes.subarray(Number(from), end + 1) : bytes)
}

function signIn(body, response, answer) {
  const { session, agent } = desk.signIn(body)
  response.setHeader('Set-Cookie', `desk_session=${session}; HttpOnly; SameSite=Strict; Path=/`)
  answer(200, agent)
}

function route(request, url, agent, body) {
  const language = languageOf(request)
  const [, , , noun, id, verb] = url.pathname.split('/').map(decodeURIComponent)
  const key = `${request.method} ${noun}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`
  const calls = {
    'DELETE session': () => state.sessions.delete(sessionOf(request.headers.cookie)) && undefined,
    'GET me': () => agentView(agent),
    'PATCH me': () => agentView(Object.assign(agent, { on_duty: body.on_duty })),
    'GET queue': () => desk.queue(language),
    'GET conversations': () => desk.mine(agent, language),
    'POST handoffs/:id/claim': () => desk.claim(agent, id, language),
    'GET conversations/:id': () => desk.conversation(id, language),
    'GET conversations/:id/messages': () => desk.after(id, Number(url.searchParams.get('after'))),
    'POST conversations/:id/messages': () => {
      if (state.trouble.failSends) throw { status: 503, body: { code: 'unavailable', message: '', details: {} } }
      return desk.send(agent, id, body)
    },
    'POST conversations/:id/resolve': () => desk.resolve(agent, id, body, language),
    'POST conversations/:id/release': () => desk.release(agent, id, body, language),
    'GET cases': () => desk.cases(agent, url.searchParams, language),
    'GET cases/:id': () => desk.case(id, language),
    'POST cases/:id/transitions': () => desk.transition(agent, id, body, language),
  }
  const call = calls[key]
  if (!call) throw { status: 404, body: { code: 'not_found', message: '', details: {} } }
  return call()
}

/** Levers: make trouble, speak as the user, act as the other agent, forget everything. */
function lever(name, body) {
  const other = state.agents[1]
  const byTopic = (topic) => [...state.conversations.values()].find((each) => state.handoffs.get(each.handoff_id).topic === topic)
  const levers = {
    trouble: () => void Object.assign(state.trouble, body),
    drop: () => void live.disconnectSockets(true),
    user: () => desk.hear(byTopic(body.topic), body.text ?? '', files(byTopic(body.topic), body.files)),
    rate: () => desk.rate(byTopic(body.topic), body.score, body.comment),
    talk: () => Array.from({ length: body.count }, (_, at) => void addMessage(byTopic(body.topic), at % 2 ? 'bot' : 'user', `#${at + 1}`)),
    case: () => desk.transition(other, [...state.cases.keys()][body.at], body, 'zh'),
    claim: () => void desk.claim(other, byTopic(body.topic).handoff_id, 'zh'),
    take: () => void desk.give(byTopic(body.topic), 'agent', other.id),
    wait: () => void (addWaiting(state, body), announce.queue()),
    expire: () => void state.sessions.clear(),
    reset: () => {
      state = createState()
      desk = createDesk(state, announce)
      if (!body.empty) seed(state)
    },
  }
  return levers[name]?.()
}

/** Files of a lever, as {name, base64, width, height}: uploaded by the user. */
function files({ conversation_id: id }, given = []) {
  return given.map(({ name, base64, ...size }) => keepAttachment(state, id, name, Buffer.from(base64, 'base64'), size).id)
}

async function bytesOf(request) {
  const parts = []
  for await (const part of request) {
    parts.push(part)
    // A slow line: the sender sees its bytes go out one by one.
    if (state.trouble.slowLine) await new Promise((done) => setTimeout(done, state.trouble.slowLine))
  }
  return Buffer.concat(parts)
}

async function serve(path, response) {
  const asked = normalize(path.replace(/^\/console\/?/, ''))
  const file = extname(asked) && !asked.startsWith('..') ? asked : 'index.html'
  const content = await readFile(join(BUNDLE, file)).catch(() => null)
  response.writeHead(content ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
  response.end(content)
}

server.listen(PORT, '127.0.0.1', () => console.log(`fake desk on 127.0.0.1:${PORT}/console/`))
