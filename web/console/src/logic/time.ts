/** Spans and deadlines, pure: the clock is always an argument. */
import type { CaseState } from '@/api/types'

export interface Span {
  value: number
  unit: 'seconds' | 'minutes' | 'hours' | 'days'
}

/** How long something has lasted, in the coarsest unit that still says something. */
export function spanBetween(from: string, now: number): Span {
  const seconds = Math.max(0, Math.floor((now - Date.parse(from)) / 1000))
  if (seconds < 60) return { value: seconds, unit: 'seconds' }
  if (seconds < 3600) return { value: Math.floor(seconds / 60), unit: 'minutes' }
  if (seconds < 48 * 3600) return { value: Math.floor(seconds / 3600), unit: 'hours' }
  return { value: Math.floor(seconds / 86_400), unit: 'days' }
}

/** A running clock, m:ss under an hour and h:mm:ss from then on. */
export function clockBetween(from: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(from)) / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`
}

export type DueTone = 'none' | 'calm' | 'soon' | 'late'

const SOON_MS = 30 * 60_000

/** How urgent a deadline looks: late when past, soon in its last quarter or half hour, calm before. */
export function dueTone(item: { state: CaseState; created_at: string; due_at: string | null }, now: number): DueTone {
  if (!item.due_at || item.state === 'resolved' || item.state === 'closed') return 'none'
  const due = Date.parse(item.due_at)
  if (now > due) return 'late'
  const whole = due - Date.parse(item.created_at)
  return due - now < Math.max(whole / 4, SOON_MS) ? 'soon' : 'calm'
}

export type DayName = 'today' | 'yesterday' | 'other'

export function dayName(at: string, now: number): DayName {
  const days = Math.round((startOfDay(now) - startOfDay(Date.parse(at))) / 86_400_000)
  if (days === 0) return 'today'
  return days === 1 ? 'yesterday' : 'other'
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
