/** The console as a whole: the stores of one signed-in agent, kept current by the live line. */
import { reactive } from 'vue'
import type { Desk } from '@/api/desk'
import type { Live } from '@/api/live'
import type { Agent, Handoff, Message } from '@/api/types'
import { gather } from '@/logic/gather'
import { createCases, type Cases } from './cases'
import { createConversation, type Conversation } from './conversation'
import { createMemory, type Memory } from './memory'
import { createWorkspace, type Workspace } from './workspace'

export interface ConsoleEvents {
  onArrived(handoffs: Handoff[]): void
  onUserMessage(conversationId: string, message: Message): void
}

export interface ConsoleDeps {
  desk: Desk
  live: Live
  storage: Storage
  events: ConsoleEvents
}

/** Everything of one agent's working session; made at sign-in, closed at sign-out. */
export interface Console {
  agentId: string
  line: { online: boolean; everOnline: boolean }
  memory: Memory
  workspace: Workspace
  cases: Cases
  conversation(id: string): Conversation
  /** The conversation if it is open already. */
  opened(id: string): Conversation | undefined
  leave(id: string): void
  close(): void
}

// Announcements are the rule; this only bounds how long a lost one can matter.
const REFRESH_MS = 30_000
const CASE_PAUSE_MS = 250

export function openConsole(agent: Agent, { desk, live, storage, events }: ConsoleDeps): Console {
  const line = reactive({ online: false, everOnline: false })
  const memory = createMemory(storage, agent.id)
  const conversations = new Map<string, Conversation>()
  const watched = new Set<string>()
  const workspace = createWorkspace({ desk, onArrived: events.onArrived, onMine: (ids) => ids.forEach(watch) })
  const cases = createCases({ desk })

  function watch(id: string): void {
    if (watched.has(id)) return
    watched.add(id)
    void live.watch(id)
  }

  function conversation(id: string): Conversation {
    const known = conversations.get(id)
    if (known) return known
    const made = createConversation(id, { desk, memory, agentId: agent.id })
    conversations.set(id, made)
    watch(id)
    void made.load().then(made.resume)
    return made
  }

  /** Somebody else's conversation need not be kept current once nobody looks at it. */
  function leave(id: string): void {
    const known = conversations.get(id)
    if (!known || workspace.isMine(id) || known.isMine.value) return
    conversations.delete(id)
    watched.delete(id)
    live.unwatch(id)
  }

  async function comeOnline(): Promise<void> {
    line.online = line.everOnline = true
    // First on the list again, then look: nothing can slip between the two.
    await Promise.all([...watched].map((id) => live.watch(id)))
    const resumed = [...conversations.values()].map((each) => each.resume())
    await Promise.all([workspace.refresh(), cases.refresh(), ...resumed])
  }

  const noteCase = gather((numbers) => {
    void cases.refresh(numbers)
    for (const each of conversations.values()) numbers.forEach((number) => void each.noteCase(number))
  }, CASE_PAUSE_MS)

  live.open({
    onOnline: () => void comeOnline(),
    onOffline: () => {
      line.online = false
    },
    // Refused, not cut: perhaps the session has ended, which any call brings to light.
    onRefused: () => void workspace.refresh(),
    onQueue: () => void workspace.refresh(),
    onMessage: (id, message) => {
      workspace.noteMessage(id, message)
      conversations.get(id)?.receive([message])
      if (message.author === 'user' && message.kind !== 'opening') events.onUserMessage(id, message)
    },
    onOwner: (id, ownership) => {
      conversations.get(id)?.noteOwner(ownership)
      void workspace.refresh()
    },
    onCase: noteCase,
  })
  void workspace.refresh()
  const timer = setInterval(() => void workspace.refresh(), REFRESH_MS)

  function close(): void {
    clearInterval(timer)
    live.close()
    for (const each of conversations.values()) each.tray.close()
  }

  return { agentId: agent.id, line, memory, workspace, cases, conversation, opened: (id) => conversations.get(id), leave, close }
}
