/** What this browser keeps for one agent across reloads: drafts, unsent messages, how far one has read. */
import { reactive } from 'vue'

export interface Unsent {
  clientId: string
  text: string
  createdAt: string
}

export interface Memory {
  draft(conversationId: string): string
  setDraft(conversationId: string, text: string): void
  unsent(conversationId: string): Unsent[]
  setUnsent(conversationId: string, unsent: Unsent[]): void
  readUpTo(conversationId: string): number
  setReadUpTo(conversationId: string, seq: number): void
  /** How many texts would be lost by forgetting. */
  unsentCount(): number
  forget(): void
}

interface Kept {
  drafts: Record<string, string>
  unsent: Record<string, Unsent[]>
  read: Record<string, number>
}

const nothing = (): Kept => ({ drafts: {}, unsent: {}, read: {} })

export function createMemory(storage: Storage, agentId: string): Memory {
  const key = `console.${agentId}`
  const kept = reactive<Kept>(load(storage, key))

  function put<T>(record: Record<string, T>, id: string, value: T, isEmpty: boolean): void {
    if (isEmpty) delete record[id]
    else record[id] = value
    save(storage, key, kept)
  }

  return {
    draft: (id) => kept.drafts[id] ?? '',
    setDraft: (id, text) => put(kept.drafts, id, text, text === ''),
    unsent: (id) => kept.unsent[id] ?? [],
    setUnsent: (id, unsent) => put(kept.unsent, id, unsent, unsent.length === 0),
    readUpTo: (id) => kept.read[id] ?? 0,
    setReadUpTo: (id, seq) => put(kept.read, id, Math.max(seq, kept.read[id] ?? 0), false),
    unsentCount: () => Object.keys(kept.drafts).length + Object.values(kept.unsent).flat().length,
    forget: () => {
      Object.assign(kept, nothing())
      storage.removeItem(key)
    },
  }
}

function load(storage: Storage, key: string): Kept {
  try {
    return { ...nothing(), ...JSON.parse(storage.getItem(key) ?? '{}') }
  } catch {
    return nothing()
  }
}

function save(storage: Storage, key: string, kept: Kept): void {
  try {
    storage.setItem(key, JSON.stringify(kept))
  } catch {
    // A full or forbidden storage costs only the survival of a reload.
  }
}
