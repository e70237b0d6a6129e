/** One conversation as an agent sees it: its transcript, who has it, and what is on its way out. */
import { computed, reactive, type ComputedRef } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/http'
import type { ConversationView, Message, Ownership } from '@/api/types'
import { coalesce } from '@/logic/coalesce'
import { addMessages, emptyTranscript, hasGap, lastSeq, type Transcript } from '@/logic/transcript'
import type { Memory, Unsent } from './memory'

export type ConversationHead = Omit<ConversationView, 'messages'>

export interface Pending extends Unsent {
  state: 'sending' | 'failed'
  /** Set once the desk has taken it; it stays drawn until the transcript reaches it. */
  seq: number | null
  error: ApiError | null
}

export interface ConversationState {
  status: 'loading' | 'ready' | 'failed'
  error: ApiError | null
  head: ConversationHead | null
  transcript: Transcript
  pending: Pending[]
  /** Set when a write was refused because somebody else has the conversation. */
  lostTo: Ownership | null
}

export interface Conversation {
  id: string
  state: ConversationState
  isMine: ComputedRef<boolean>
  load(): Promise<void>
  apply(view: ConversationView): void
  receive(messages: Message[]): void
  noteOwner(ownership: Ownership): void
  catchUp(): Promise<void>
  /** After the line was down: fetch what was missed, then send what could not be sent. */
  resume(): Promise<void>
  send(text: string): Promise<void>
  retry(): Promise<void>
  takeBack(clientId: string): void
  resolve(note: string): Promise<void>
  release(): Promise<void>
}

export interface ConversationDeps {
  desk: Desk
  memory: Memory
  agentId: string
  newId?: () => string
  now?: () => number
  later?: (work: () => void, ms: number) => void
}

const GAP_RETRY_MS = 2_000

export function createConversation(id: string, deps: ConversationDeps): Conversation {
  const { desk, memory, agentId } = deps
  const newId = deps.newId ?? (() => crypto.randomUUID())
  const now = deps.now ?? Date.now
  const later = deps.later ?? ((work, ms) => void setTimeout(work, ms))

  const state = reactive<ConversationState>({
    status: 'loading',
    error: null,
    head: null,
    transcript: emptyTranscript,
    pending: memory.unsent(id).map((unsent) => ({ ...unsent, state: 'failed', seq: null, error: null })),
    lostTo: null,
  })
  const isMine = computed(() => state.head?.owner === 'agent' && state.head.agent_id === agentId)
  const epoch = () => state.head?.epoch ?? 0

  const load = coalesce(async () => {
    try {
      apply(await desk.conversation(id))
      state.error = null
    } catch (error) {
      state.error = asApiError(error)
      if (!state.head) state.status = 'failed'
    }
  })

  function apply(view: ConversationView): void {
    const { messages, ...head } = view
    // An answer that was overtaken by a newer owner must not undo it.
    if (head.epoch >= epoch()) {
      state.head = head
      if (isMine.value) state.lostTo = null
    }
    state.status = 'ready'
    receive([...messages, ...early])
    early = []
  }

  // What is announced before the first load must not pass for the beginning of the transcript.
  let early: Message[] = []

  function receive(messages: Message[]): void {
    if (!state.head) return void early.push(...messages)
    state.transcript = addMessages(state.transcript, messages)
    settle()
    if (hasGap(state.transcript)) void catchUp()
  }

  const catchUp = coalesce(async () => {
    if (!state.head) return load()
    try {
      const rest = await desk.messagesAfter(id, lastSeq(state.transcript))
      state.transcript = addMessages(state.transcript, rest.messages)
      settle()
      if (rest.epoch !== epoch()) await load()
    } catch (error) {
      if (!asApiError(error).transient) return
      if (hasGap(state.transcript)) later(() => void catchUp(), GAP_RETRY_MS)
    }
  })

  function noteOwner(ownership: Ownership): void {
    if (!state.head || ownership.epoch <= epoch()) return
    takeOwnership(ownership)
    void load()
  }

  // The announcement of my own resolve or release may overtake its answer; that is no loss.
  let givingUp = false

  function takeOwnership(ownership: Ownership): void {
    if (!state.head) return
    if (isMine.value && !givingUp) state.lostTo = ownership
    const { owner, agent_name, epoch: newest } = ownership
    // Whose id it is comes with the next load; until then it is not ours to write in.
    state.head = { ...state.head, owner, agent_name, epoch: Math.max(newest, epoch()), agent_id: null }
  }

  async function resume(): Promise<void> {
    await catchUp()
    if (!state.head) return
    if (isMine.value) await retry()
    else takeAllBack()
  }

  async function send(text: string): Promise<void> {
    const createdAt = new Date(now()).toISOString()
    state.pending.push({ clientId: newId(), text, createdAt, state: 'sending', seq: null, error: null })
    keepUnsent()
    await flush()
  }

  async function retry(): Promise<void> {
    for (const each of state.pending) {
      if (each.seq === null) Object.assign(each, { state: 'sending', error: null })
    }
    await flush()
  }

  let flushing = false
  /** One at a time and in order: a message never overtakes the one written before it. */
  async function flush(): Promise<void> {
    if (flushing) return
    flushing = true
    try {
      for (;;) {
        const next = state.pending.find((each) => each.state === 'sending' && each.seq === null)
        if (!next) return
        await deliver(next)
      }
    } finally {
      flushing = false
    }
  }

  async function deliver(pending: Pending): Promise<void> {
    try {
      const message = await desk.send(id, pending.clientId, pending.text, epoch())
      pending.seq = message.seq
      receive([message])
    } catch (error) {
      await refuse(asApiError(error))
    }
  }

  async function refuse(error: ApiError): Promise<void> {
    if (error.code === 'not_owner') return fence(error)
    // What was written after it waits with it, or it would overtake.
    for (const each of state.pending) {
      if (each.state === 'sending' && each.seq === null) Object.assign(each, { state: 'failed', error })
    }
  }

  async function fence(error: ApiError): Promise<void> {
    takeOwnership(error.details as unknown as Ownership)
    // The refused message may be one whose first answer got lost: look before handing the text back.
    await catchUp()
    takeAllBack()
    await load()
  }

  function takeBack(clientId: string): void {
    const pending = state.pending.find((each) => each.clientId === clientId)
    if (!pending) return
    memory.setDraft(id, [memory.draft(id), pending.text].filter(Boolean).join('\n'))
    state.pending = state.pending.filter((each) => each !== pending)
    keepUnsent()
  }

  function takeAllBack(): void {
    for (const each of state.pending.filter((one) => one.seq === null)) takeBack(each.clientId)
  }

  /** Drop what has arrived in the transcript from what is on its way. */
  function settle(): void {
    const shown = state.transcript.shown
    state.pending = state.pending.filter(
      (each) => !shown.some((message) => message.client_id === each.clientId || message.seq === each.seq),
    )
    keepUnsent()
  }

  function keepUnsent(): void {
    memory.setUnsent(
      id,
      state.pending.map(({ clientId, text, createdAt }) => ({ clientId, text, createdAt })),
    )
  }

  async function resolve(note: string): Promise<void> {
    await giveUp(async () => apply(await desk.resolve(id, epoch(), note)))
  }

  async function release(): Promise<void> {
    await giveUp(async () => {
      await desk.release(id, epoch())
      await load()
    })
  }

  async function giveUp(write: () => Promise<void>): Promise<void> {
    givingUp = true
    try {
      await write()
    } catch (error) {
      givingUp = false
      if (error instanceof ApiError && error.code === 'not_owner') await fence(error)
      throw error
    } finally {
      givingUp = false
    }
  }

  return {
    id, state, isMine, load, apply, receive, noteOwner, catchUp, resume, send, retry, takeBack, resolve, release,
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
