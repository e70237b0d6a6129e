/** One conversation as an agent sees it: its transcript, who has it, and what is on its way out. */
import { computed, reactive, type ComputedRef } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Attachment, ConversationView, Message, Ownership } from '@/api/types'
import { coalesce } from '@/logic/coalesce'
import { addEarlier, addMessages, emptyTranscript, firstSeq, hasGap, lastSeq, type Transcript } from '@/logic/transcript'
import type { Memory, Unsent } from './memory'
import { createOutbox, type Pending } from './outbox'
import { createTray, type Tray, type TrayDeps } from './tray'

export type ConversationHead = Omit<ConversationView, 'messages'>

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
  tray: Tray
  isMine: ComputedRef<boolean>
  load(): Promise<void>
  apply(view: ConversationView): void
  receive(messages: Message[]): void
  noteOwner(ownership: Ownership): void
  /** Something about a case changed: look at it again if it is this conversation's. */
  noteCase(number: string): Promise<void>
  catchUp(): Promise<void>
  /** Fetch the page before the first message shown. */
  loadEarlier(): Promise<void>
  /** After the line was down: fetch what was missed, then send what could not be sent. */
  resume(): Promise<void>
  send(text: string, attachments?: Attachment[]): Promise<void>
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
  previews?: TrayDeps['previews']
}

const GAP_RETRY_MS = 2_000
/** The desk answers with up to so many messages at a time. */
export const PAGE = 500

export function createConversation(id: string, deps: ConversationDeps): Conversation {
  const { desk, memory, agentId } = deps
  const newId = deps.newId ?? (() => crypto.randomUUID())
  const now = deps.now ?? Date.now
  const later = deps.later ?? ((work, ms) => void setTimeout(work, ms))
  const epoch = () => state.head?.epoch ?? 0

  const tray = createTray(id, { desk, memory, newId, previews: deps.previews })
  const outbox = createOutbox(id, {
    desk, memory, epoch, newId, now, onStored: (message) => receive([message]), onNotOwner: fence,
  })
  const state = reactive<ConversationState>({
    status: 'loading',
    error: null,
    head: null,
    transcript: emptyTranscript,
    pending: outbox.pending,
    lostTo: null,
  })
  const isMine = computed(() => state.head?.owner === 'agent' && state.head.agent_id === agentId)

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
    take(messages)
    if (hasGap(state.transcript)) void catchUp()
  }

  function take(messages: Message[]): void {
    state.transcript = addMessages(state.transcript, messages)
    outbox.settle(state.transcript.shown)
  }

  const catchUp = coalesce(async () => {
    if (!state.head) return load()
    try {
      if ((await fetchRest()) !== epoch()) await load()
    } catch (error) {
      if (!asApiError(error).transient) return
      if (hasGap(state.transcript)) later(() => void catchUp(), GAP_RETRY_MS)
    }
  })

  /** Page by page until the end; tells the newest epoch. */
  async function fetchRest(): Promise<number> {
    for (;;) {
      const rest = await desk.messagesAfter(id, lastSeq(state.transcript))
      take(rest.messages)
      if (rest.messages.length < PAGE) return rest.epoch
    }
  }

  const loadEarlier = coalesce(async () => {
    const first = firstSeq(state.transcript)
    if (first <= 1) return
    const page = await desk.messagesAfter(id, Math.max(0, first - 1 - PAGE))
    state.transcript = addEarlier(state.transcript, page.messages)
  })

  function noteOwner(ownership: Ownership): void {
    if (!state.head || ownership.epoch <= epoch()) return
    takeOwnership(ownership)
    void load()
  }

  async function noteCase(number: string): Promise<void> {
    if (state.head?.case?.number !== number) return
    try {
      const item = await desk.case(number)
      if (state.head?.case?.number === number) state.head.case = item
    } catch (error) {
      // What is shown stays; the next announcement or load brings it up to date.
      asApiError(error)
    }
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
    if (!isMine.value) return outbox.takeAllBack().forEach(draft)
    tray.resume()
    await outbox.retry()
  }

  async function fence(error: ApiError): Promise<void> {
    takeOwnership(error.details as unknown as Ownership)
    // The refused message may be one whose first answer got lost: look before handing the text back.
    await catchUp()
    outbox.takeAllBack().forEach(draft)
    await load()
  }

  function takeBack(clientId: string): void {
    const unsent = outbox.takeBack(clientId)
    if (unsent) draft(unsent)
  }

  /** Back to where it was written. */
  function draft({ text, attachments }: Unsent): void {
    memory.setDraft(id, [memory.draft(id), text].filter(Boolean).join('\n'))
    tray.putBack(attachments)
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
    id, state, tray, isMine, load, apply, receive, noteOwner, noteCase, catchUp, loadEarlier, resume,
    send: (text, attachments = []) => outbox.send(text, attachments),
    retry: outbox.retry, takeBack, resolve, release,
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
