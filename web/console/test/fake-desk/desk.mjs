/** The agent API over the state: one function per call, refusals as thrown objects. */
import { randomUUID } from 'node:crypto'
import { sendAttachments } from './attachments.mjs'
import { addMessage, TRANSITIONS } from './state.mjs'
import { agentView, caseView, conversationView, handoffView, ownershipOf } from './views.mjs'
import { label } from './words.mjs'

const refuse = (status, code, details = {}) => {
  throw { status, body: { code, message: '', details } }
}

export function createDesk(state, announce) {
  const found = (map, id) => map.get(id) ?? refuse(404, 'not_found')

  function own(conversation, agent, epoch) {
    if (conversation.agent_id !== agent.id || conversation.epoch !== epoch) {
      refuse(409, 'not_owner', ownershipOf(state, conversation))
    }
  }

  function give(conversation, owner, agentId) {
    Object.assign(conversation, { owner, agent_id: agentId, epoch: conversation.epoch + 1 })
    announce.owner(conversation.conversation_id, ownershipOf(state, conversation))
    announce.queue()
  }

  function say(conversation, author, text, more) {
    const message = addMessage(conversation, author, text, more)
    announce.message(conversation.conversation_id, message)
    return message
  }

  function record(conversation, who, what, detail = null) {
    state.cases.get(conversation.case_number)?.events.push({ at: new Date().toISOString(), who, what, detail })
  }

  function claim(agent, id, language) {
    const handoff = found(state.handoffs, id)
    if (handoff.state !== 'waiting') {
      refuse(409, 'already_claimed', { agent_name: state.agents.find((each) => each.id === handoff.agent_id)?.name })
    }
    Object.assign(handoff, { state: 'assigned', agent_id: agent.id, assigned_at: new Date().toISOString() })
    const conversation = state.conversations.get(handoff.conversation_id)
    state.cases.get(conversation.case_number).state = 'open'
    record(conversation, agent.name, 'assigned')
    say(conversation, 'system', `${agent.name} 已接入`, { kind: 'notice', code: 'agent_joined' })
    give(conversation, 'agent', agent.id)
    return conversationView(state, conversation, language)
  }

  function send(agent, id, { client_id, text = '', attachments, epoch }) {
    const conversation = found(state.conversations, id)
    const known = conversation.messages.find((each) => each.client_id === client_id)
    if (known) return known
    own(conversation, agent, epoch)
    const files = sendAttachments(state, conversation, attachments)
    return say(conversation, 'agent', text, { client_id, agent_name: agent.name, attachments: files })
  }

  /** The user speaks; what they send along is filed under the case. */
  function hear(conversation, text, attachments = []) {
    const kase = state.cases.get(conversation.case_number)
    const files = sendAttachments(state, conversation, attachments)
    kase.attachments.push(...files)
    if (files.length) announce.case(kase.number)
    return say(conversation, 'user', text, { attachments: files })
  }

  function rate(conversation, score, comment = '') {
    const kase = state.cases.get(conversation.case_number)
    kase.csat = { score, comment }
    kase.events.push({ at: new Date().toISOString(), who: 'user', what: 'rated', detail: { score } })
    announce.case(kase.number)
  }

  function resolve(agent, id, { epoch, note }, language) {
    const conversation = found(state.conversations, id)
    own(conversation, agent, epoch)
    state.handoffs.get(conversation.handoff_id).state = 'resolved'
    Object.assign(state.cases.get(conversation.case_number), { state: 'resolved', resolved_at: new Date().toISOString() })
    record(conversation, agent.name, 'state_changed', note ?? null)
    say(conversation, 'system', '人工服务已结束,机器人继续为您服务', { kind: 'notice', code: 'handoff_resolved' })
    say(conversation, 'system', '', { kind: 'card', card: { type: 'csat', case_number: conversation.case_number } })
    give(conversation, 'bot', null)
    return conversationView(state, conversation, language)
  }

  function release(agent, id, { epoch }, language) {
    const conversation = found(state.conversations, id)
    own(conversation, agent, epoch)
    Object.assign(state.handoffs.get(conversation.handoff_id), { state: 'waiting', agent_id: null, assigned_at: null })
    give(conversation, 'queue', null)
    return conversationView(state, conversation, language)
  }

  function transition(agent, number, { to, note, tell }, language) {
    const kase = found(state.cases, number)
    const allowed = TRANSITIONS[kase.state]
    if (!allowed.includes(to)) refuse(409, 'illegal_transition', { from: kase.state, to, allowed })
    kase.events.push({ at: new Date().toISOString(), who: agent.name, what: 'state_changed', detail: { from: kase.state, to, note, tell } })
    Object.assign(kase, { state: to, resolved_at: to === 'resolved' ? new Date().toISOString() : kase.resolved_at })
    announce.case(number)
    const conversation = state.conversations.get(kase.conversation_id)
    const card = { type: 'case', number, topic_label: label('zh', kase.topic), state: to, due_at: kase.due_at }
    if (conversation) say(conversation, 'system', tell ?? '', { kind: 'notice', code: 'case_state_changed', card })
    return caseView(kase, language)
  }

  function signIn({ login, password }) {
    const agent = state.agents.find((each) => each.login === login && each.password === password)
    if (!agent) refuse(401, 'login_failed')
    const session = randomUUID()
    state.sessions.set(session, agent)
    return { session, agent: agentView(agent) }
  }

  const queue = (language) => ({
    handoffs: [...state.handoffs.values()].filter((each) => each.state === 'waiting').map((each) => handoffView(state, each, language)),
  })

  const mine = (agent, language) => ({
    conversations: [...state.conversations.values()]
      .filter((each) => each.agent_id === agent.id)
      .map((each) => ({
        conversation_id: each.conversation_id, epoch: each.epoch, last_message: each.messages.at(-1) ?? null,
        handoff: handoffView(state, state.handoffs.get(each.handoff_id), language),
      })),
  })

  const cases = (agent, query, language) => ({
    cases: [...state.cases.values()]
      .filter((each) => !query.get('state') || each.state === query.get('state'))
      .filter((each) => !query.get('mine') || state.conversations.get(each.conversation_id)?.agent_id === agent.id)
      .map((each) => caseView(each, language)),
  })

  return {
    signIn, claim, send, hear, rate, resolve, release, transition, queue, mine, cases, say, give,
    conversation: (id, language) => conversationView(state, found(state.conversations, id), language),
    after(id, seq) {
      const { messages, owner, epoch } = found(state.conversations, id)
      return { messages: messages.filter((each) => each.seq > seq), owner, epoch }
    },
    case: (number, language) => caseView(found(state.cases, number), language),
  }
}
