import { expect, it } from 'vitest'
import { createMemory } from '@/stores/memory'
import { attachment, FakeStorage } from '../fakes'

it('keeps drafts, unsent messages and the last one read across a reload', () => {
  const storage = new FakeStorage()
  const before = createMemory(storage, 'a1')
  before.setDraft('c1', '草稿')
  before.setUnsent('c1', [{ clientId: 'x', text: '没发出', attachments: [], createdAt: '' }])
  before.setTray('c1', [attachment('f_1')])
  before.setReadUpTo('c1', 7)
  before.setReadUpTo('c1', 3)
  const after = createMemory(storage, 'a1')
  expect(after.draft('c1')).toBe('草稿')
  expect(after.unsent('c1')[0]?.clientId).toBe('x')
  expect(after.tray('c1')[0]?.id).toBe('f_1')
  expect(after.readUpTo('c1')).toBe(7)
  expect(after.unsentCount()).toBe(3)
})

it('keeps one agent’s texts from another on the same machine', () => {
  const storage = new FakeStorage()
  createMemory(storage, 'a1').setDraft('c1', '草稿')
  expect(createMemory(storage, 'a2').draft('c1')).toBe('')
})

it('forgets everything when asked', () => {
  const storage = new FakeStorage()
  const memory = createMemory(storage, 'a1')
  memory.setDraft('c1', '草稿')
  memory.forget()
  expect(memory.draft('c1')).toBe('')
  expect(createMemory(storage, 'a1').unsentCount()).toBe(0)
})

it('works, for as long as the page lives, where the storage is broken or refused', () => {
  const storage = new FakeStorage()
  storage.setItem('console.a1', '{broken')
  storage.setItem = () => {
    throw new Error('full')
  }
  const memory = createMemory(storage, 'a1')
  memory.setDraft('c1', '草稿')
  expect(memory.draft('c1')).toBe('草稿')
})

it('still knows what was kept before there were attachments', () => {
  const storage = new FakeStorage()
  storage.setItem('console.a1', JSON.stringify({ unsent: { c1: [{ clientId: 'x', text: '没发出', createdAt: '' }] } }))
  const memory = createMemory(storage, 'a1')
  expect(memory.unsent('c1')[0]?.attachments).toEqual([])
  expect(memory.tray('c1')).toEqual([])
})
