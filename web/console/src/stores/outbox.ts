/** What an agent said that is not in the transcript yet: sent one by one, in order, each exactly once. */
import { reactive } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Attachment, Message } from '@/api/types'
import type { Memory, Unsent } from './memory'

export interface Pending extends Unsent {
  state: 'sending' | 'failed'
  /** Set once the desk has taken it; it stays drawn until the transcript reaches it. */
  seq: number | null
  error: ApiError | null
}

export interface Outbox {
  pending: Pending[]
  send(text: string, attachments: Attachment[]): Promise<void>
  retry(): Promise<void>
  /** Out of the outbox again, to be written anew. */
  takeBack(clientId: string): Unsent | null
  takeAllBack(): Unsent[]
  /** Drop what has arrived in the transcript. */
  settle(shown: Message[]): void
}

export interface OutboxDeps {
  desk: Desk
  memory: Memory
  epoch: () => number
  newId: () => string
  now: () => number
  onStored(message: Message): void
  /** The desk names another owner: nothing more can be sent. */
  onNotOwner(error: ApiError): Promise<void>
}

export function createOutbox(id: string, deps: OutboxDeps): Outbox {
  const { desk, memory } = deps
  const pending = reactive<Pending[]>(
    memory.unsent(id).map((unsent) => ({ ...unsent, state: 'failed', seq: null, error: null })),
  )

  async function send(text: string, attachments: Attachment[]): Promise<void> {
    const createdAt = new Date(deps.now()).toISOString()
    pending.push({ clientId: deps.newId(), text, attachments, createdAt, state: 'sending', seq: null, error: null })
    keep()
    await flush()
  }

  async function retry(): Promise<void> {
    for (const each of pending) {
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
        const next = pending.find((each) => each.state === 'sending' && each.seq === null)
        if (!next) return
        await deliver(next)
      }
    } finally {
      flushing = false
    }
  }

  async function deliver(next: Pending): Promise<void> {
    try {
      const message = await desk.send(id, next, deps.epoch())
      next.seq = message.seq
      deps.onStored(message)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'not_owner') await deps.onNotOwner(error)
      else fail(error)
    }
  }

  /** What was written after it waits with it, or it would overtake. */
  function fail(error: ApiError): void {
    for (const each of pending) {
      if (each.state === 'sending' && each.seq === null) Object.assign(each, { state: 'failed', error })
    }
  }

  function takeBack(clientId: string): Unsent | null {
    const index = pending.findIndex((each) => each.clientId === clientId)
    if (index < 0) return null
    const [taken] = pending.splice(index, 1)
    keep()
    return taken ?? null
  }

  function takeAllBack(): Unsent[] {
    const unsent = pending.filter((each) => each.seq === null)
    return unsent.flatMap((each) => takeBack(each.clientId) ?? [])
  }

  function settle(shown: Message[]): void {
    const isShown = (each: Pending) => shown.some(({ client_id, seq }) => client_id === each.clientId || seq === each.seq)
    pending.splice(0, pending.length, ...pending.filter((each) => !isShown(each)))
    keep()
  }

  function keep(): void {
    const kept = ({ clientId, text, attachments, createdAt }: Pending) => ({ clientId, text, attachments, createdAt })
    memory.setUnsent(id, pending.map(kept))
  }

  return { pending, send, retry, takeBack, takeAllBack, settle }
}
