/** What the fake desk remembers: agents, conversations with their transcripts, handoffs and cases. */
import { randomUUID } from 'node:crypto'

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()
const GROUPS = { ban_appeal: 'penalty_appeal', account_stolen: 'account_security', live_quality: 'live_support', recharge_not_arrived: 'payment', infringement_copyright: 'ip_legal', settings_howto: 'general' }

export const TRANSITIONS = {
  new: ['open', 'resolved'],
  open: ['waiting', 'resolved'],
  waiting: ['open', 'resolved'],
  resolved: ['closed', 'open'],
  closed: ['open'],
}

export function createState() {
  const agents = [
    { id: 'a1', login: 'lin', password: 'lin-password', name: '小林', role: 'agent', skill_groups: Object.values(GROUPS), on_duty: true },
    { id: 'a2', login: 'zhou', password: 'zhou-password', name: '小周', role: 'agent', skill_groups: Object.values(GROUPS), on_duty: true },
    { id: 'a3', login: 'dora', password: 'dora-password', name: 'Dora', role: 'designer', skill_groups: [], on_duty: false },
  ]
  return { agents, sessions: new Map(), conversations: new Map(), handoffs: new Map(), cases: new Map(), attachments: new Map(), trouble: {} }
}

export function addMessage(conversation, author, text, more = {}) {
  const message = {
    id: randomUUID(), seq: conversation.messages.length + 1, author, agent_name: null, kind: 'text', text,
    buttons: [], card: null, attachments: [], code: null, created_at: new Date().toISOString(), client_id: null, ...more,
  }
  conversation.messages.push(message)
  return message
}

export function addCase(state, { topic, priority = 'normal', conversationId = null, kaseState = 'new', created = 30, due = 24 * 60, fields = [] }) {
  const number = `KF20261124${String(123456 + state.cases.size * 7).padStart(6, '0')}`
  state.cases.set(number, {
    number, state: kaseState, topic, category: 'account', priority, skill_group: GROUPS[topic], conversation_id: conversationId,
    douyin_id: 'lucky_2020', contact_phone: '138****1111', fields, links: [], attachments: [], created_at: ago(created),
    due_at: new Date(Date.now() + due * 60_000).toISOString(), resolved_at: kaseState === 'resolved' ? ago(5) : null,
    csat: null, events: [{ at: ago(created), who: 'bot', what: 'opened', detail: null }],
  })
  return number
}

export function addWaiting(state, { topic, priority, reason, minutes, said, locale = 'zh', slots = [], lookups = [], failed = 0, caseNumber }) {
  const id = `c${randomUUID().slice(0, 8)}`
  const conversation = { conversation_id: id, owner: 'queue', agent_id: null, epoch: 1, locale, messages: [], handoff_id: null, case_number: null }
  state.conversations.set(id, conversation)
  const number = caseNumber ?? addCase(state, { topic, priority, conversationId: id, due: priority === 'urgent' ? 12 : 600, created: minutes + 3 })
  conversation.case_number = number
  const handoff = {
    id: randomUUID(), conversation_id: id, case_number: number, reason, topic, priority, skill_group: GROUPS[topic], state: 'waiting',
    waiting_since: ago(minutes), assigned_at: null, agent_id: null, last_text: said,
    brief: { topic, slots, lookups, failed_turns: failed, case_number: number },
  }
  state.handoffs.set(handoff.id, handoff)
  conversation.handoff_id = handoff.id
  state.cases.get(number).events.push({ at: ago(minutes), who: 'bot', what: 'handed_over', detail: { reason } })
  return conversation
}

/** The full story of one banned user, as a real conversation would leave it. */
export function seed(state) {
  const number = addCase(state, {
    topic: 'ban_appeal', priority: 'high', created: 95, due: 25,
    fields: [{ name: 'reason', value: '我发的是自己拍的宠物视频,没有违规内容,可能是被误判了,希望能再核实一下。' }],
  })
  const talk = addWaiting(state, {
    topic: 'ban_appeal', priority: 'high', reason: 'user_request', minutes: 9, said: '能不能找个人帮我看看', caseNumber: number, failed: 1,
    slots: [{ name: 'douyin_id', value: 'lucky_2020' }, { name: 'phone', value: '138****1111' }, { name: 'penalty', value: '账号封禁 7 天' }],
    lookups: [{ what: 'account', result: 'proof_needed', at: ago(14) }, { what: 'account', result: 'found', at: ago(13) }],
  })
  state.cases.get(number).conversation_id = talk.conversation_id
  state.cases.get(number).links = ['https://www.douyin.com/video/7301112223334445556']
  const old = { created_at: ago(26 * 60) }
  addMessage(talk, 'user', '/greet', { kind: 'opening', ...old })
  addMessage(talk, 'bot', '您好,我是抖音用户服务机器人,可以帮您查处罚、提交申诉、查工单进度。请问遇到什么问题了?', { buttons: [{ title: '账号被封', payload: '/ban_appeal' }, { title: '查进度', payload: '/case_progress' }, { title: '转人工', payload: '/request_human' }], ...old })
  addMessage(talk, 'user', '我的号被封了', { created_at: ago(16) })
  addMessage(talk, 'bot', '账号用不了一定很着急。请告诉我您的抖音号,我来查一下处罚记录。', { created_at: ago(16) })
  addMessage(talk, 'user', 'lucky_2020', { created_at: ago(15) })
  addMessage(talk, 'bot', '为了保护账号,请再提供这个账号登记的手机号。', { created_at: ago(14) })
  addMessage(talk, 'user', '138****1111', { created_at: ago(14) })
  addMessage(talk, 'bot', '查到了,这是账号目前的处罚:', { created_at: ago(13) })
  addMessage(talk, 'bot', '', { kind: 'card', card: { type: 'penalty', type_label: '账号封禁', reason: '发布搬运内容', rule: '《社区自律公约》第 3.2 条', started_at: ago(2 * 1440), ends_at: ago(-5 * 1440), permanent: false, appeal_deadline: ago(-3 * 1440), appealable: true }, created_at: ago(13) })
  addMessage(talk, 'user', '我要申诉', { created_at: ago(12) })
  addMessage(talk, 'bot', '申诉已登记,工单号在下面。', { kind: 'card', card: { type: 'case', number, topic_label: '账号封禁申诉', state: 'new', due_at: ago(-25) }, created_at: ago(11) })
  addMessage(talk, 'user', '能不能找个人帮我看看', { created_at: ago(9) })
  addMessage(talk, 'bot', '好的,这就为您转给人工客服,您不用重复刚才的内容。', { created_at: ago(9) })
  addMessage(talk, 'system', '已进入人工队列,前面还有 1 位', { kind: 'notice', code: 'queue_joined', created_at: ago(9) })

  simple(state, { topic: 'account_stolen', priority: 'urgent', reason: 'action_failed', minutes: 3, said: '有人在异地登了我的号,还把手机号改了!', failed: 0, slots: [{ name: 'douyin_id', value: 'dy8f3k2' }] })
  simple(state, { topic: 'live_quality', priority: 'normal', reason: 'not_understood', minutes: 21, said: '直播画面一直糊,换了网也没用', failed: 2 })
  simple(state, { topic: 'recharge_not_arrived', priority: 'high', reason: 'slot_retries', minutes: 1, said: 'I topped up 648 yuan an hour ago and nothing arrived', locale: 'en', failed: 1 })
  addCase(state, { topic: 'infringement_copyright', kaseState: 'open', created: 3000, due: -190 })
  addCase(state, { topic: 'live_quality', kaseState: 'waiting', created: 2000, due: 2900, priority: 'low' })
  const solved = addCase(state, { topic: 'settings_howto', kaseState: 'resolved', created: 1600, due: 600, priority: 'low' })
  state.cases.get(solved).csat = { score: 5, comment: '很快就解决了,谢谢' }
}

function simple(state, options) {
  const conversation = addWaiting(state, options)
  addMessage(conversation, 'user', options.said, { created_at: ago(options.minutes + 1) })
  addMessage(conversation, 'bot', '好的,为您转接人工客服。', { created_at: ago(options.minutes) })
  addMessage(conversation, 'system', '已进入人工队列', { kind: 'notice', code: 'queue_joined', created_at: ago(options.minutes) })
}
