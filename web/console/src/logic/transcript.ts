/**
 * A transcript without holes. Messages carry a gapless sequence number, so what may be shown is the
 * unbroken run from the first one; anything beyond a hole is held back until the hole is fetched.
 */
import type { Message } from '@/api/types'

export interface Transcript {
  shown: Message[]
  held: Message[]
}

export const emptyTranscript: Transcript = { shown: [], held: [] }

/** Take in messages in any order, twice or not; returns the same run whatever the order was. */
export function addMessages(transcript: Transcript, incoming: Message[]): Transcript {
  const bySeq = new Map<number, Message>()
  for (const message of [...transcript.shown, ...transcript.held, ...incoming]) bySeq.set(message.seq, message)
  const ordered = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  const first = transcript.shown[0]?.seq ?? ordered[0]?.seq ?? 1
  const shown: Message[] = []
  const held: Message[] = []
  for (const message of ordered) {
    if (message.seq === first + shown.length) shown.push(message)
    else if (message.seq > first) held.push(message)
  }
  return { shown, held }
}

/** Put messages before the first one shown, as far down as they join on to it. */
export function addEarlier(transcript: Transcript, page: Message[]): Transcript {
  const shown = [...transcript.shown]
  for (const message of [...page].sort((a, b) => b.seq - a.seq)) {
    if (message.seq === (shown[0]?.seq ?? 0) - 1) shown.unshift(message)
  }
  return { ...transcript, shown }
}

/** The first number shown; 0 while nothing is. */
export function firstSeq(transcript: Transcript): number {
  return transcript.shown[0]?.seq ?? 0
}

/** The last number of the unbroken run: what to ask the desk for the rest after. */
export function lastSeq(transcript: Transcript): number {
  return transcript.shown.at(-1)?.seq ?? 0
}

export function hasGap(transcript: Transcript): boolean {
  return transcript.held.length > 0
}

export type Side = 'user' | 'desk' | 'system'

export interface Row {
  message: Message
  side: Side
  /** Set on the first message of a calendar day. */
  day: string | null
  /** First of a run by one author: carries the name. */
  opens: boolean
  /** Last of a run by one author: carries the time. */
  ends: boolean
}

const RUN_MS = 5 * 60_000

/** Lay a transcript out in rows: day breaks, and runs of one author drawn as one block. */
export function layOut(messages: Message[]): Row[] {
  const drawn = messages.filter((message) => message.kind !== 'opening')
  return drawn.map((message, index) => {
    const before = drawn[index - 1]
    const after = drawn[index + 1]
    return {
      message,
      side: sideOf(message),
      day: before && sameDay(before, message) ? null : message.created_at,
      opens: !before || !sameRun(before, message),
      ends: !after || !sameRun(message, after),
    }
  })
}

function sideOf(message: Message): Side {
  if (message.kind === 'notice' || message.author === 'system') return 'system'
  return message.author === 'user' ? 'user' : 'desk'
}

function sameRun(a: Message, b: Message): boolean {
  return (
    a.author === b.author &&
    a.agent_name === b.agent_name &&
    sideOf(a) === sideOf(b) &&
    sameDay(a, b) &&
    Date.parse(b.created_at) - Date.parse(a.created_at) < RUN_MS
  )
}

function sameDay(a: Message, b: Message): boolean {
  return new Date(a.created_at).toDateString() === new Date(b.created_at).toDateString()
}
