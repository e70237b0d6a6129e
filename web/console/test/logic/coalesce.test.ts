import { expect, it } from 'vitest'
import { coalesce } from '@/logic/coalesce'
import { settled } from '../fakes'

it('runs a burst of calls once more after the run that was under way', async () => {
  const finish: (() => void)[] = []
  const run = coalesce(() => new Promise<void>((done) => finish.push(done)))
  void run()
  const second = run()
  const third = run()
  expect(finish).toHaveLength(1)
  finish[0]!()
  await settled()
  expect(finish).toHaveLength(2)
  finish[1]!()
  await Promise.all([second, third])
  expect(finish).toHaveLength(2)
})

it('runs again after a failure', async () => {
  let runs = 0
  const run = coalesce(async () => {
    runs += 1
    if (runs === 1) throw new Error('no')
  })
  await expect(run()).rejects.toThrow('no')
  await run()
  expect(runs).toBe(2)
})
