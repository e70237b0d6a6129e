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
import { createDesk } from './desk.mjs'
import { addWaiting, createState, seed } from './state.mjs'
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
    const body = await bodyOf(request)
    if (url.pathname.startsWith('/fake/')) return answer(200, lever(url.pathname.slice(6), body) ?? {})
    if (state.trouble.down) return request.socket.destroy()
    if (url.pathname === '/api/agent/session' && request.method === 'POST') return signIn(body, response, answer)
    const agent = state.sessions.get(sessionOf(request.headers.cookie))
    if (!agent) return answer(401, { code: 'token_invalid', message: '', details: {} })
    await new Promise((done) => setTimeout(done, state.trouble.slow ?? 0))
    answer(request.method === 'DELETE' ? 204 : 200, route(request, url, agent, body))
  } catch (error) {
    if (!error.status) console.error(error)
    answer(error.status ?? 500, error.body ?? { code: 'internal', message: '', details: {} })
  }
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
    user: () => desk.say(byTopic(body.topic), 'user', body.text),
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

async function bodyOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return parts.length ? JSON.parse(Buffer.concat(parts)) : {}
}

async function serve(path, response) {
  const asked = normalize(path.replace(/^\/console\/?/, ''))
  const file = extname(asked) && !asked.startsWith('..') ? asked : 'index.html'
  const content = await readFile(join(BUNDLE, file)).catch(() => null)
  response.writeHead(content ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
  response.end(content)
}

server.listen(PORT, '127.0.0.1', () => console.log(`fake desk on 127.0.0.1:${PORT}/console/`))
