/** Every call the console makes to the desk, by name. */
import type { Http } from './http'
import type { UploadWatch } from './upload'
import type {
  Agent,
  Assignment,
  Attachment,
  Case,
  CaseState,
  CaseSummary,
  CatchUp,
  ConversationView,
  Handoff,
  Message,
} from './types'

export interface CaseFilter {
  state: CaseState | ''
  mine: boolean
}

/** What an agent says: words, attachments or both, under an id that makes saying it twice harmless. */
export interface Said {
  clientId: string
  text: string
  attachments: Attachment[]
}

/** A wished change of a case's state: the note is for colleagues, what is told is for the user. */
export interface Transition {
  to: CaseState
  note: string
  tell: string
}

export interface Desk {
  signIn(login: string, password: string): Promise<Agent>
  signOut(): Promise<void>
  me(): Promise<Agent>
  setDuty(onDuty: boolean): Promise<Agent>
  queue(): Promise<Handoff[]>
  assignments(): Promise<Assignment[]>
  claim(handoffId: string): Promise<ConversationView>
  conversation(id: string): Promise<ConversationView>
  messagesAfter(id: string, seq: number): Promise<CatchUp>
  upload(id: string, file: File, watch: UploadWatch): Promise<Attachment>
  send(id: string, said: Said, epoch: number): Promise<Message>
  resolve(id: string, epoch: number, note: string): Promise<ConversationView>
  release(id: string, epoch: number): Promise<void>
  cases(filter: CaseFilter): Promise<CaseSummary[]>
  case(number: string): Promise<Case>
  transition(number: string, wish: Transition): Promise<Case>
}

export function createDesk(http: Http): Desk {
  const { call } = http
  const conversation = (id: string) => `/api/agent/conversations/${encodeURIComponent(id)}`
  const kase = (number: string) => `/api/agent/cases/${encodeURIComponent(number)}`
  return {
    signIn: (login, password) => call('POST', '/api/agent/session', { login, password }),
    signOut: () => call('DELETE', '/api/agent/session'),
    me: () => call('GET', '/api/agent/me'),
    setDuty: (onDuty) => call('PATCH', '/api/agent/me', { on_duty: onDuty }),
    queue: async () => (await call<{ handoffs: Handoff[] }>('GET', '/api/agent/queue')).handoffs,
    assignments: async () =>
      (await call<{ conversations: Assignment[] }>('GET', '/api/agent/conversations')).conversations,
    claim: (id) => call('POST', `/api/agent/handoffs/${encodeURIComponent(id)}/claim`),
    conversation: (id) => call('GET', conversation(id)),
    messagesAfter: (id, seq) => call('GET', `${conversation(id)}/messages?after=${seq}`),
    upload: (id, file, watch) =>
      http.upload(`${conversation(id)}/attachments?name=${encodeURIComponent(file.name)}`, file, watch),
    send: (id, said, epoch) => call('POST', `${conversation(id)}/messages`, spoken(said, epoch)),
    resolve: (id, epoch, note) => call('POST', `${conversation(id)}/resolve`, { epoch, ...written({ note }) }),
    release: (id, epoch) => call('POST', `${conversation(id)}/release`, { epoch }),
    cases: async (filter) =>
      (await call<{ cases: CaseSummary[] }>('GET', `/api/agent/cases${query(filter)}`)).cases,
    case: (number) => call('GET', kase(number)),
    transition: (number, { to, ...texts }) => call('POST', `${kase(number)}/transitions`, { to, ...written(texts) }),
  }
}

function spoken({ clientId, text, attachments }: Said, epoch: number): Record<string, unknown> {
  const files = attachments.length ? { attachments: attachments.map((each) => each.id) } : {}
  return { client_id: clientId, epoch, ...written({ text }), ...files }
}

/** Only the texts in which something is written. */
function written(texts: Record<string, string>): Record<string, string> {
  const trimmed = Object.entries(texts).map(([name, text]) => [name, text.trim()] as const)
  return Object.fromEntries(trimmed.filter(([, text]) => text))
}

function query(filter: CaseFilter): string {
  const params = new URLSearchParams()
  if (filter.state) params.set('state', filter.state)
  if (filter.mine) params.set('mine', 'true')
  return params.size ? `?${params}` : ''
}
