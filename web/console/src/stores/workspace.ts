/** The two lists of the workspace: who is waiting, and whom I am talking to. */
import { computed, reactive, type ComputedRef } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Assignment, ConversationView, Handoff, Message, Priority } from '@/api/types'
import { coalesce } from '@/logic/coalesce'
import { countByPriority, inDeskOrder, inQueueOrder } from '@/logic/queue'

export type Claim = { kind: 'claimed'; view: ConversationView } | { kind: 'taken'; by: string }

export interface WorkspaceState {
  queue: Handoff[]
  mine: Assignment[]
  loaded: boolean
  error: ApiError | null
}

export interface Workspace {
  state: WorkspaceState
  waiting: ComputedRef<Record<Priority, number>>
  refreshQueue(): Promise<void>
  refreshMine(): Promise<void>
  refresh(): Promise<void>
  claim(handoffId: string): Promise<Claim>
  noteMessage(conversationId: string, message: Message): void
  isMine(conversationId: string): boolean
}

export interface WorkspaceDeps {
  desk: Desk
  /** Told of handoffs that were not in the line the last time it was looked at. */
  onArrived?: (handoffs: Handoff[]) => void
  onMine?: (conversationIds: string[]) => void
}

export function createWorkspace({ desk, onArrived, onMine }: WorkspaceDeps): Workspace {
  const state = reactive<WorkspaceState>({ queue: [], mine: [], loaded: false, error: null })
  const waiting = computed(() => countByPriority(state.queue))

  const refreshQueue = coalesce(() =>
    guarded(async () => {
      const known = new Set(state.queue.map((each) => each.id))
      const queue = inQueueOrder(await desk.queue())
      const arrived = queue.filter((each) => !known.has(each.id))
      state.queue = queue
      if (state.loaded && arrived.length > 0) onArrived?.(arrived)
    }),
  )

  const refreshMine = coalesce(() =>
    guarded(async () => {
      state.mine = inDeskOrder(await desk.assignments())
      onMine?.(state.mine.map((each) => each.conversation_id))
    }),
  )

  async function refresh(): Promise<void> {
    await Promise.all([refreshQueue(), refreshMine()])
    if (!state.error) state.loaded = true
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      state.error = null
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      state.error = error
    }
  }

  async function claim(handoffId: string): Promise<Claim> {
    try {
      const view = await desk.claim(handoffId)
      state.queue = state.queue.filter((each) => each.id !== handoffId)
      await refreshMine()
      return { kind: 'claimed', view }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'already_claimed') throw error
      await refreshQueue()
      return { kind: 'taken', by: String(error.details.agent_name ?? '') }
    }
  }

  function noteMessage(conversationId: string, message: Message): void {
    const own = state.mine.find((each) => each.conversation_id === conversationId)
    if (own && message.seq > (own.last_message?.seq ?? 0)) own.last_message = message
  }

  const isMine = (conversationId: string) => state.mine.some((each) => each.conversation_id === conversationId)

  return { state, waiting, refreshQueue, refreshMine, refresh, claim, noteMessage, isMine }
}
