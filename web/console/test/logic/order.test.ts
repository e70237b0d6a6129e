import { expect, it } from 'vitest'
import { inOrder } from '@/logic/order'

it('takes answers as they come, but none that is older than one taken', () => {
  const ask = inOrder()
  const [first, second, third] = [ask(), ask(), ask()]
  expect(second()).toBe(true)
  expect(first()).toBe(false)
  expect(third()).toBe(true)
})
