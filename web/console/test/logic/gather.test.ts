import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { gather } from '@/logic/gather'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('turns a burst into one look, each name once', () => {
  const looks: string[][] = []
  const note = gather((names) => looks.push(names), 250)
  for (const name of ['a', 'b', 'a']) note(name)
  vi.advanceTimersByTime(249)
  expect(looks).toEqual([])
  vi.advanceTimersByTime(1)
  expect(looks).toEqual([['a', 'b']])
})

it('does not wait for the bursts to end, and begins anew after each look', () => {
  const looks: string[][] = []
  const note = gather((names) => looks.push(names), 250)
  note('a')
  vi.advanceTimersByTime(200)
  note('b')
  vi.advanceTimersByTime(50)
  note('c')
  vi.advanceTimersByTime(250)
  expect(looks).toEqual([['a', 'b'], ['c']])
})
