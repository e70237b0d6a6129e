/** Hand-written stand-ins: a desk in memory that can be told to fail, a storage, a live line. */
import type { CaseFilter, Desk, Said, Transition } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Live, LiveHandlers } from '@/api/live'
import type { Agent, Assignment, Attachment, Case, CaseSummary, ConversationView, Handoff, Message } from '@/api/types'
import type { UploadWatch } from '@/api/upload'

export const lin: Agent = { id: 'a1', login: 'lin', name: '小林', role: 'agent', skill_groups: [], on_duty: true }

export function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`, seq, author: 'user', agent_name: null, kind: 'text', text: `text ${seq}`, buttons: [], card: null,
    attachments: [], code: null, created_at: '2026-11-24T10:00:00+08:00', client_id: null, ...more,
  }
}

export function handoff(id: string, more: Partial<Handoff> = {}): Handoff {
  return {
    id, conversation_id: `c-${id}`, case_number: null, reason: 'user_request', reason_label: '用户要求人工', topic: 'ban_appeal',
    topic_label: '账号封禁申诉', priority: 'normal', skill_group: 'general', skill_group_label: '综合', state: 'waiting',
    waiting_since: '2026-11-24T10:00:00+08:00', assigned_at: null, agent_id: null, agent_name: null, last_text: '',
    brief: { topic: '', topic_label: '', slots: [], lookups: [], failed_turns: 0, case_number: null }, ...more,
  }
}

export function assignment(id: string, more: Partial<Assignment> = {}): Assignment {
  return { conversation_id: `c-${id}`, handoff: handoff(id), last_message: null, epoch: 1, ...more }
}

export function attachment(id: string, more: Partial<Attachment> = {}): Attachment {
  return { id, kind: 'image', name: `${id}.png`, content_type: 'image/png', size: 2048, width: 800, height: 600, ...more }
}

export function kase(number: string, more: Partial<Case> = {}): Case {
  return {
    number, state: 'open', topic: 'ban_appeal', topic_label: '账号封禁申诉', priority: 'normal', skill_group: 'general',
    skill_group_label: '综合', conversation_id: 'c1', created_at: '2026-11-24T10:00:00+08:00', due_at: null, resolved_at: null,
    category: 'account', douyin_id: null, contact_phone: null, fields: [], links: [], attachments: [], csat: null, events: [],
    allowed_transitions: ['waiting', 'resolved'], ...more,
  }
}

export const picture = (name = 'shot.png') => new File(['12345678'], name, { type: 'image/png' })

/** An upload under way: its test lets it go on, arrive or be refused. */
export interface Upload {
  file: File
  watch: UploadWatch
  arrive(more?: Partial<Attachment>): Promise<void>
  refuse(error: ApiError): Promise<void>
}

export const notOwner = (name = '小周', epoch = 9) =>
  new ApiError(409, 'not_owner', '', { owner: 'agent', agent_name: name, epoch })
export const unreachable = () => new ApiError(0, 'unreachable', '')

/** One conversation and the lists of a desk, with every call noted in `calls`. */
export class FakeDesk implements Desk {
  calls: string[] = []
  sent: (Said & { epoch: number })[] = []
  uploads: Upload[] = []
  transitions: Transition[] = []
  list: CaseSummary[] = []
  known: Case | null = null
  waiting: Handoff[] = []
  mine: Assignment[] = []
  view: ConversationView = {
    conversation_id: 'c1', owner: 'agent', agent_name: '小林', agent_id: 'a1', epoch: 3, locale: 'zh', handoff: null, case: null,
    messages: [],
  }
  /** Errors the next calls of a name meet, in order. */
  private failures: Record<string, unknown[]> = {}

  failNext(call: string, ...errors: unknown[]): void {
    this.failures[call] = errors
  }

  private meet(call: string): void {
    this.calls.push(call)
    const error = this.failures[call]?.shift()
    if (error) throw error
  }

  async send(_: string, { clientId, text, attachments }: Said, epoch: number): Promise<Message> {
    this.meet('send')
    this.sent.push({ clientId, text, attachments: [...attachments], epoch })
    return this.store(clientId, text, attachments)
  }

  upload(_: string, file: File, watch: UploadWatch): Promise<Attachment> {
    this.meet('upload')
    return new Promise((resolve, reject) => {
      const id = `f_${this.uploads.length + 1}`
      this.uploads.push({
        file,
        watch,
        arrive: (more) => (resolve(attachment(id, { name: file.name, ...more })), settled()),
        refuse: (error) => (reject(error), settled()),
      })
      watch.signal.addEventListener('abort', () => reject(new ApiError(0, 'cancelled', '')))
    })
  }

  /** As the desk does: a client id that is known already gets the message it got before. */
  store(clientId: string, text: string, attachments: Attachment[] = []): Message {
    const known = this.view.messages.find((each) => each.client_id === clientId)
    if (known) return known
    const seq = (this.view.messages.at(-1)?.seq ?? 0) + 1
    const stored = message(seq, { author: 'agent', agent_name: '小林', client_id: clientId, text, attachments })
    this.view = { ...this.view, messages: [...this.view.messages, stored] }
    return stored
  }

  async conversation() {
    this.meet('conversation')
    return structuredClone(this.view)
  }

  async messagesAfter(_: string, seq: number) {
    this.meet('messagesAfter')
    const { messages, owner, epoch } = this.view
    return { messages: messages.filter((each) => each.seq > seq).slice(0, 500), owner, epoch }
  }

  async queue() {
    this.meet('queue')
    return [...this.waiting]
  }

  async assignments() {
    this.meet('assignments')
    return [...this.mine]
  }

  async claim() {
    this.meet('claim')
    return this.view
  }

  async resolve() {
    this.meet('resolve')
    this.view = { ...this.view, owner: 'bot', agent_id: null, agent_name: null, epoch: this.view.epoch + 1 }
    return this.view
  }

  async release() {
    this.meet('release')
    this.view = { ...this.view, owner: 'queue', agent_id: null, agent_name: null, epoch: this.view.epoch + 1 }
  }

  async me() {
    this.meet('me')
    return lin
  }

  async signIn() {
    this.meet('signIn')
    return lin
  }

  async signOut() {
    this.meet('signOut')
  }

  async setDuty(onDuty: boolean) {
    this.meet('setDuty')
    return { ...lin, on_duty: onDuty }
  }

  async cases(_: CaseFilter): Promise<CaseSummary[]> {
    this.meet('cases')
    return structuredClone(this.list)
  }

  async case(_: string): Promise<Case> {
    this.meet('case')
    return structuredClone(this.known) ?? missing()
  }

  async transition(_: string, wish: Transition): Promise<Case> {
    this.meet('transition')
    this.transitions.push(wish)
    this.known = this.known && { ...this.known, state: wish.to }
    return structuredClone(this.known) ?? missing()
  }
}

function missing(): never {
  throw new ApiError(404, 'not_found', '')
}

export class FakeStorage implements Storage {
  private kept = new Map<string, string>()

  get length() {
    return this.kept.size
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => void this.kept.set(key, value)
  removeItem = (key: string) => void this.kept.delete(key)
  clear = () => this.kept.clear()
}

export class FakeLive implements Live {
  handlers!: LiveHandlers
  watching: string[] = []

  open(handlers: LiveHandlers): void {
    this.handlers = handlers
  }

  close(): void {}

  async watch(id: string): Promise<void> {
    this.watching.push(id)
  }

  unwatch(id: string): void {
    this.watching = this.watching.filter((each) => each !== id)
  }
}

/** Let everything that is already on its way arrive. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  await new Promise((done) => setTimeout(done))
}
