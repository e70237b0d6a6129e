/** The shapes in which the desk speaks to the console. */

export type Role = 'agent' | 'supervisor' | 'designer'
export type Priority = 'urgent' | 'high' | 'normal' | 'low'
export type Owner = 'bot' | 'queue' | 'agent'
export type CaseState = 'new' | 'open' | 'waiting' | 'resolved' | 'closed'

export interface Agent {
  id: string
  login: string
  name: string
  role: Role
  skill_groups: string[]
  on_duty: boolean
}

export interface Button {
  title: string
  payload: string
}

export interface CaseCard {
  type: 'case'
  number: string
  topic_label: string
  state: CaseState
  due_at: string | null
}

export interface PenaltyCard {
  type: 'penalty'
  type_label: string
  reason: string
  rule: string
  started_at: string
  ends_at: string | null
  permanent: boolean
  appeal_deadline: string | null
  appealable: boolean
}

export interface CsatCard {
  type: 'csat'
  case_number: string
}

export type Card = CaseCard | PenaltyCard | CsatCard

/** A picture, film or document that somebody sent; its bytes lie at the desk. */
export interface Attachment {
  id: string
  kind: 'image' | 'video' | 'file'
  name: string
  content_type: string
  size: number
  width: number | null
  height: number | null
}

export interface Message {
  id: string
  seq: number
  author: 'user' | 'bot' | 'agent' | 'system'
  agent_name: string | null
  kind: 'text' | 'card' | 'notice' | 'opening'
  text: string
  buttons: Button[]
  card: Card | null
  attachments: Attachment[]
  code: string | null
  created_at: string
  client_id: string | null
}

export interface LabelledValue {
  name: string
  label: string
  value: unknown
}

export interface Lookup {
  what: string
  result: string
  at: string | null
}

/** What the bot found out before it asked for a person. */
export interface Brief {
  topic: string
  topic_label: string
  slots: LabelledValue[]
  lookups: Lookup[]
  failed_turns: number
  case_number: string | null
}

export interface Handoff {
  id: string
  conversation_id: string
  case_number: string | null
  reason: string
  reason_label: string
  topic: string
  topic_label: string
  priority: Priority
  skill_group: string
  skill_group_label: string
  state: 'waiting' | 'assigned' | 'resolved' | 'cancelled'
  waiting_since: string
  assigned_at: string | null
  agent_id: string | null
  agent_name: string | null
  brief: Brief
  last_text: string
}

export interface CaseEvent {
  at: string
  who: string
  what: string
  what_label: string
  detail: unknown
}

export interface CaseSummary {
  number: string
  state: CaseState
  topic: string
  topic_label: string
  priority: Priority
  skill_group: string
  skill_group_label: string
  conversation_id: string | null
  created_at: string
  due_at: string | null
  resolved_at: string | null
}

export interface Csat {
  score: number
  comment: string
}

export interface Case extends CaseSummary {
  category: string
  douyin_id: string | null
  contact_phone: string | null
  fields: LabelledValue[]
  links: string[]
  attachments: Attachment[]
  csat: Csat | null
  events: CaseEvent[]
  allowed_transitions: CaseState[]
}

export interface Assignment {
  conversation_id: string
  handoff: Handoff
  last_message: Message | null
  epoch: number
}

export interface ConversationView {
  conversation_id: string
  owner: Owner
  agent_name: string | null
  agent_id: string | null
  epoch: number
  locale: 'zh' | 'en'
  handoff: Handoff | null
  case: Case | null
  messages: Message[]
}

export interface CatchUp {
  messages: Message[]
  owner: Owner
  epoch: number
}

/** Who has a conversation now, as the desk says when it refuses a write or announces a change. */
export interface Ownership {
  owner: Owner
  agent_name: string | null
  epoch: number
}
