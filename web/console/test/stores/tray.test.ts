import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import { createMemory } from '@/stores/memory'
import { createTray, type Tray } from '@/stores/tray'
import { attachment, FakeDesk, FakeStorage, lin, picture, settled, unreachable } from '../fakes'

let desk: FakeDesk
let storage: FakeStorage
let dropped: string[]

/** As after a reload: a new tray over what the browser kept. */
function open(conversationId = 'c1'): Tray {
  let ids = 0
  return createTray(conversationId, {
    desk,
    memory: createMemory(storage, lin.id),
    newId: () => `key-${(ids += 1)}`,
    previews: { make: (file) => `blob:${file.name}`, drop: (url) => dropped.push(url) },
  })
}

const states = (tray: Tray) => tray.items.map((each) => each.state)
const tooLarge = new ApiError(413, 'attachment_too_large', '', { limit: 5 })

beforeEach(() => {
  desk = new FakeDesk()
  storage = new FakeStorage()
  dropped = []
})

describe('uploading', () => {
  it('goes on two at a time, the next as soon as one has ended', async () => {
    const tray = open()
    tray.add([picture('a'), picture('b'), picture('c')])
    expect(states(tray)).toEqual(['uploading', 'uploading', 'waiting'])
    await desk.uploads[1]!.arrive()
    expect(states(tray)).toEqual(['uploading', 'done', 'uploading'])
    await desk.uploads[0]!.refuse(tooLarge)
    await desk.uploads[2]!.arrive()
    expect(states(tray)).toEqual(['failed', 'done', 'done'])
  })

  it('shows how far each has come', () => {
    const tray = open()
    tray.add([picture('a'), picture('b')])
    desk.uploads[0]!.watch.onProgress(0.25)
    desk.uploads[1]!.watch.onProgress(0.5)
    expect(tray.items.map((each) => each.progress)).toEqual([0.25, 0.5])
  })

  it('keeps a refused file with the reason, and offers no second try that would be refused again', async () => {
    const tray = open()
    tray.add([picture()])
    await desk.uploads[0]!.refuse(tooLarge)
    expect(tray.items[0]!.error).toMatchObject({ code: 'attachment_too_large' })
    expect(tray.canRetry(tray.items[0]!)).toBe(false)
    tray.retry(tray.items[0]!.key)
    expect(desk.uploads).toHaveLength(1)
  })

  it('tries again what only the line had stopped: when asked, and when the line is back', async () => {
    const tray = open()
    tray.add([picture()])
    await desk.uploads[0]!.refuse(unreachable())
    tray.retry(tray.items[0]!.key)
    await desk.uploads[1]!.refuse(unreachable())
    tray.resume()
    await desk.uploads[2]!.arrive()
    expect(states(tray)).toEqual(['done'])
  })

  it('does not try again by itself what the desk had refused', async () => {
    const tray = open()
    tray.add([picture()])
    await desk.uploads[0]!.refuse(new ApiError(503, 'unavailable', ''))
    tray.resume()
    expect(desk.uploads).toHaveLength(1)
  })

  it('is called off by taking the file out, and makes room for the next', async () => {
    const tray = open()
    tray.add([picture('a'), picture('b'), picture('c')])
    tray.remove(tray.items[0]!.key)
    await settled()
    expect(desk.uploads[0]!.watch.signal.aborted).toBe(true)
    expect(tray.items.map((each) => [each.name, each.state])).toEqual([['b', 'uploading'], ['c', 'uploading']])
    expect(dropped).toEqual(['blob:a'])
  })

  it('takes nine files and tells how many were too many', () => {
    const tray = open()
    expect(tray.add(Array.from({ length: 8 }, () => picture()))).toBe(0)
    expect(tray.add([picture(), picture(), picture()])).toBe(2)
    expect(tray.items).toHaveLength(9)
  })
})

describe('a tray', () => {
  it('gives what has arrived into a message and keeps the rest', async () => {
    const tray = open()
    tray.add([picture('a'), picture('b')])
    await desk.uploads[1]!.arrive({ id: 'f_b' })
    expect(tray.take().map((each) => each.id)).toEqual(['f_b'])
    expect(tray.items.map((each) => each.name)).toEqual(['a'])
    expect(dropped).toEqual(['blob:b'])
  })

  it('belongs to its conversation and survives a reload', async () => {
    open('c1').add([picture('a')])
    open('c2').add([picture('b')])
    await desk.uploads[0]!.arrive({ id: 'f_a' })
    expect(open('c1').items.map((each) => [each.name, each.state])).toEqual([['a', 'done']])
    expect(open('c2').items).toEqual([])
  })

  it('takes back what could not be sent', () => {
    const tray = open()
    tray.putBack([attachment('f_1')])
    expect(states(tray)).toEqual(['done'])
    expect(open().take().map((each) => each.id)).toEqual(['f_1'])
    expect(dropped).toEqual([])
  })

  it('is empty after a reload when it was emptied', () => {
    const tray = open()
    tray.putBack([attachment('f_1')])
    tray.take()
    expect(open().items).toEqual([])
  })
})
