/** What this browser keeps for one agent across reloads: drafts, unsent messages, how far one has read. */
import { reactive } from 'vue'
import type { Said } from '@/api/desk'
import type { Attachment } from '@/api/types'

export interface Unsent extends Said {
  createdAt: string
}

export interface Memory {
  draft(conversationId: string): string
  setDraft(conversationId: string, text: string): void
  /** What was uploaded for the next message. */
  tray(conversationId: string): Attachment[]
  setTray(conversationId: string, attachments: Attachment[]): void
  unsent(conversationId: string): Unsent[]
  setUnsent(conversationId: string, unsent: Unsent[]): void
  readUpTo(conversationId: string): number
  setReadUpTo(conversationId: string, seq: number): void
  /** How many texts and attachments would be lost by forgetting. */
  unsentCount(): number
  forget(): void
}

interface Kept {
  drafts: Record<string, string>
  trays: Record<string, Attachment[]>
  unsent: Record<string, Unsent[]>
  read: Record<string, number>
}

const nothing = (): Kept => ({ drafts: {}, trays: {}, unsent: {}, read: {} })

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
    tray: (id) => kept.trays[id] ?? [],
    setTray: (id, attachments) => put(kept.trays, id, attachments, attachments.length === 0),
    // What was kept before there were attachments has none.
    unsent: (id) => (kept.unsent[id] ?? []).map((each) => ({ ...each, attachments: each.attachments ?? [] })),
    setUnsent: (id, unsent) => put(kept.unsent, id, unsent, unsent.length === 0),
    readUpTo: (id) => kept.read[id] ?? 0,
    setReadUpTo: (id, seq) => put(kept.read, id, Math.max(seq, kept.read[id] ?? 0), false),
    unsentCount: () =>
      Object.keys(kept.drafts).length +
      [...Object.values(kept.trays), ...Object.values(kept.unsent)].reduce((sum, each) => sum + each.length, 0),
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
