import { describe, expect, it } from 'vitest'
import { plain, safeLink } from '@/logic/display'
import { paletteEntries, search } from '@/logic/palette'
import { roomsFor, safeReturn } from '@/logic/rooms'
import { assignment, handoff } from '../fakes'

describe('a value of unknown shape', () => {
  it('is told in plain text', () => {
    expect(plain({ from: 'new', to: 'open', note: null })).toBe('from: new · to: open')
    expect(plain(['a', 2])).toBe('a、2')
    expect(plain(undefined)).toBe('')
  })
})

describe('a link from a user', () => {
  it('is clickable only on the web', () => {
    expect(safeLink('https://www.douyin.com/video/1')).toBe('https://www.douyin.com/video/1')
    expect(safeLink('javascript:alert(1)')).toBeNull()
    expect(safeLink('not a link')).toBeNull()
  })
})

describe('the way back after signing in', () => {
  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', undefined])('does not leave the console for %s', (path) => {
    expect(safeReturn(path)).toBe('/')
  })

  it('keeps the page and its query', () => {
    expect(safeReturn('/cases?state=open')).toBe('/cases?state=open')
  })
})

it('shows each role its own rooms only', () => {
  expect(roomsFor('agent').map((room) => room.route)).toEqual(['conversations', 'cases'])
  expect(roomsFor('designer')).toEqual([])
})

describe('the palette', () => {
  const entries = paletteEntries([assignment('a')], [handoff('b', { topic_label: '账号被盗', case_number: 'KF20261124000001' })], [])

  it('finds by every word typed', () => {
    expect(search(entries, '被盗 kf2026').map((entry) => entry.key)).toEqual(['queue:c-b', 'case:KF20261124000001'])
    expect(search(entries, '被盗 退款')).toEqual([])
  })

  it('offers a case number nobody in the lists has', () => {
    expect(search(entries, '20260101999999').at(-1)?.to.params).toEqual({ number: 'KF20260101999999' })
  })
})
