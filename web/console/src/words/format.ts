/** Times in words. */
import { dayName, spanBetween } from '@/logic/time'
import { locale, t } from '.'

export function span(from: string, now: number): string {
  const { value, unit } = spanBetween(from, now)
  return t(`span-${unit}`, { value })
}

export function clockTime(at: string): string {
  return format(at, { hour: '2-digit', minute: '2-digit', hour12: false })
}

export function day(at: string, now: number): string {
  const name = dayName(at, now)
  if (name !== 'other') return t(`day-${name}`)
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(at, { month: 'long', day: 'numeric', year: sameYear ? undefined : 'numeric' })
}

/** Date and time, as short as the day allows. */
export function moment(at: string, now: number): string {
  return dayName(at, now) === 'today' ? clockTime(at) : `${day(at, now)} ${clockTime(at)}`
}

const UNITS = ['B', 'KB', 'MB', 'GB']

/** A size in the steps in which limits are set, thousands; one decimal is plenty. */
export function fileSize(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1000 ** step
  return `${new Intl.NumberFormat(locale.value, { maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(value)} ${UNITS[step]}`
}

function format(at: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : new Intl.DateTimeFormat(locale.value, options).format(date)
}
