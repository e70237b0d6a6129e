import { describe, expect, it } from 'vitest'
import { clockBetween, dayName, dueTone, spanBetween } from '@/logic/time'

const start = '2026-11-24T10:00:00+08:00'
const after = (seconds: number) => Date.parse(start) + seconds * 1000

describe('a span', () => {
  it.each([
    [59, 59, 'seconds'],
    [60, 1, 'minutes'],
    [3599, 59, 'minutes'],
    [7200, 2, 'hours'],
    [49 * 3600, 2, 'days'],
  ])('of %d seconds reads %d %s', (seconds, value, unit) => {
    expect(spanBetween(start, after(seconds))).toEqual({ value, unit })
  })

  it('never runs backwards when clocks differ', () => {
    expect(spanBetween(start, after(-30)).value).toBe(0)
    expect(clockBetween(start, after(-30))).toBe('00:00')
  })

  it('ticks as a clock', () => {
    expect(clockBetween(start, after(65))).toBe('01:05')
    expect(clockBetween(start, after(3661))).toBe('1:01:01')
  })
})

describe('a deadline', () => {
  const due = { state: 'open' as const, created_at: start, due_at: '2026-11-24T18:00:00+08:00' }

  it('is calm, then soon in its last quarter, then late', () => {
    expect(dueTone(due, after(3600))).toBe('calm')
    expect(dueTone(due, after(6.5 * 3600))).toBe('soon')
    expect(dueTone(due, after(8 * 3600 + 1))).toBe('late')
  })

  it('is soon within half an hour however short the term is', () => {
    expect(dueTone({ ...due, due_at: '2026-11-24T10:20:00+08:00' }, after(10))).toBe('soon')
  })

  it('no longer matters once the case is resolved, and is none where there is none', () => {
    expect(dueTone({ ...due, state: 'resolved' }, after(9 * 3600))).toBe('none')
    expect(dueTone({ ...due, due_at: null }, after(0))).toBe('none')
  })
})

describe('a day', () => {
  it('is called today, yesterday or by its date', () => {
    const now = new Date(2026, 10, 24, 0, 30).getTime()
    expect(dayName(new Date(2026, 10, 24, 0, 1).toISOString(), now)).toBe('today')
    expect(dayName(new Date(2026, 10, 23, 23, 59).toISOString(), now)).toBe('yesterday')
    expect(dayName(new Date(2026, 10, 22, 23, 59).toISOString(), now)).toBe('other')
  })
})
