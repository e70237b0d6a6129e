/** What the palette offers for what was typed. */
import type { Assignment, Handoff } from '@/api/types'
import { shortId } from './display'

export interface Entry {
  key: string
  group: 'mine' | 'queue' | 'case' | 'go'
  title: string
  hint: string
  to: { name: string; params?: Record<string, string> }
}

const CASE_NUMBER = /^(KF)?\d{8,14}$/i

export function paletteEntries(mine: Assignment[], queue: Handoff[], places: Entry[]): Entry[] {
  const own = mine.map((each) => conversationEntry('mine', each.handoff, each.last_message?.text))
  const waiting = queue.map((each) => conversationEntry('queue', each, each.last_text))
  const cases = [...mine.map((each) => each.handoff), ...queue].flatMap(caseEntry)
  return [...own, ...waiting, ...cases, ...places]
}

/** Every typed word must occur somewhere; a typed case number is always offered, known or not. */
export function search(entries: Entry[], typed: string): Entry[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter((entry) => {
    const text = `${entry.title} ${entry.hint}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const number = typed.trim().toUpperCase()
  if (!CASE_NUMBER.test(number)) return found
  const full = number.startsWith('KF') ? number : `KF${number}`
  return found.some((entry) => entry.key === `case:${full}`) ? found : [...found, numbered(full, '')]
}

function conversationEntry(group: 'mine' | 'queue', handoff: Handoff, text = ''): Entry {
  return {
    key: `${group}:${handoff.conversation_id}`,
    group,
    title: handoff.topic_label,
    hint: [shortId(handoff.conversation_id), handoff.case_number, text].filter(Boolean).join(' · '),
    to: { name: 'conversations', params: { id: handoff.conversation_id } },
  }
}

function caseEntry(handoff: Handoff): Entry[] {
  return handoff.case_number ? [numbered(handoff.case_number, handoff.topic_label)] : []
}

function numbered(number: string, hint: string): Entry {
  return { key: `case:${number}`, group: 'case', title: number, hint, to: { name: 'case', params: { number } } }
}
