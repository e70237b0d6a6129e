/** Every call the console makes to the desk, by name. */
import type { Http } from './http'
import type {
  Agent,
  Assignment,
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
  send(id: string, clientId: string, text: string, epoch: number): Promise<Message>
  resolve(id: string, epoch: number, note: string): Promise<ConversationView>
  release(id: string, epoch: number): Promise<void>
  cases(filter: CaseFilter): Promise<CaseSummary[]>
  case(number: string): Promise<Case>
  transition(number: string, to: CaseState, note: string): Promise<Case>
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
    send: (id, clientId, text, epoch) =>
      call('POST', `${conversation(id)}/messages`, { client_id: clientId, text, epoch }),
    resolve: (id, epoch, note) => call('POST', `${conversation(id)}/resolve`, withNote({ epoch }, note)),
    release: (id, epoch) => call('POST', `${conversation(id)}/release`, { epoch }),
    cases: async (filter) =>
      (await call<{ cases: CaseSummary[] }>('GET', `/api/agent/cases${query(filter)}`)).cases,
    case: (number) => call('GET', kase(number)),
    transition: (number, to, note) => call('POST', `${kase(number)}/transitions`, withNote({ to }, note)),
  }
}

function withNote(body: Record<string, unknown>, note: string): Record<string, unknown> {
  return note.trim() ? { ...body, note: note.trim() } : body
}

function query(filter: CaseFilter): string {
  const params = new URLSearchParams()
  if (filter.state) params.set('state', filter.state)
  if (filter.mine) params.set('mine', 'true')
  return params.size ? `?${params}` : ''
}
