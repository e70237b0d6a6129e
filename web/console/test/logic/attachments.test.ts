import { describe, expect, it } from 'vitest'
import { boxOf, byKind, filesOf, kindOf, sourceOf } from '@/logic/attachments'
import { attachment, picture } from '../fakes'

describe('the box of a picture', () => {
  it('keeps its shape within the largest size', () => {
    expect(boxOf({ width: 1600, height: 1200 })).toEqual({ width: 280, height: 210 })
    expect(boxOf({ width: 600, height: 1000 })).toEqual({ width: 180, height: 300 })
  })

  it('crops what is very long or very wide instead of shrinking it to a thread', () => {
    expect(boxOf({ width: 400, height: 9000 })).toEqual({ width: 150, height: 300 })
    expect(boxOf({ width: 9000, height: 400 })).toEqual({ width: 280, height: 112 })
  })

  it('does not blow up what is small, nor make it too small to hit', () => {
    expect(boxOf({ width: 120, height: 120 })).toEqual({ width: 120, height: 120 })
    expect(boxOf({ width: 8, height: 8 })).toEqual({ width: 96, height: 96 })
  })

  it('is there even when the size is not known', () => {
    expect(boxOf({ width: null, height: null })).toEqual({ width: 240, height: 180 })
  })
})

it('tells attachments apart by their kind, in the order they came', () => {
  const mixed = [attachment('a'), attachment('b', { kind: 'file' }), attachment('c'), attachment('d', { kind: 'video' })]
  const { pictures, videos, documents } = byKind(mixed)
  expect([pictures, videos, documents].map((each) => each.map(({ id }) => id))).toEqual([['a', 'c'], ['d'], ['b']])
})

it('names the kind of a file that is still here', () => {
  expect(['image/heic', 'video/mp4', 'application/pdf', ''].map(kindOf)).toEqual(['image', 'video', 'file', 'file'])
})

it('asks for an attachment by its id alone', () => {
  expect(sourceOf(attachment('f_1/../x'))).toBe('/api/agent/attachments/f_1%2F..%2Fx')
})

describe('what is dropped or pasted', () => {
  const transfer = (types: string[], items: object[]) => ({ types, items }) as unknown as DataTransfer
  const file = { kind: 'file', getAsFile: () => picture() }

  it('is its files', () => {
    expect(filesOf(transfer(['Files'], [file, { kind: 'string' }]))).toHaveLength(1)
    expect(filesOf(null)).toEqual([])
  })

  it('is text when it was copied from an office program, picture or not', () => {
    expect(filesOf(transfer(['text/plain', 'text/html', 'Files'], [file]))).toEqual([])
    expect(filesOf(transfer(['text/html', 'Files'], [file]))).toHaveLength(1)
  })

  it('leaves out a folder', () => {
    expect(filesOf(transfer(['Files'], [{ ...file, webkitGetAsEntry: () => ({ isDirectory: true }) }]))).toEqual([])
  })
})
