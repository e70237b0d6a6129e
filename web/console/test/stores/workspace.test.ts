import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import type { Handoff } from '@/api/types'
import { createWorkspace } from '@/stores/workspace'
import { assignment, FakeDesk, handoff, message, unreachable } from '../fakes'

let desk: FakeDesk
let arrived: Handoff[][]
const open = () => createWorkspace({ desk, onArrived: (handoffs) => arrived.push(handoffs) })

beforeEach(() => {
  desk = new FakeDesk()
  arrived = []
})

describe('the waiting line', () => {
  it('is shown urgent first, whatever the desk sent', async () => {
    desk.waiting = [handoff('low', { priority: 'low' }), handoff('urgent', { priority: 'urgent' })]
    const workspace = open()
    await workspace.refresh()
    expect(workspace.state.queue.map((each) => each.id)).toEqual(['urgent', 'low'])
    expect(workspace.waiting.value).toMatchObject({ urgent: 1, low: 1 })
  })

  it('announces only who is new since the last look, and nobody at the first', async () => {
    desk.waiting = [handoff('a')]
    const workspace = open()
    await workspace.refresh()
    expect(arrived).toEqual([])
    desk.waiting = [handoff('a'), handoff('b')]
    await workspace.refreshQueue()
    expect(arrived.map((each) => each.map((one) => one.id))).toEqual([['b']])
  })

  it('keeps what it had when the desk cannot be reached', async () => {
    desk.waiting = [handoff('a')]
    const workspace = open()
    await workspace.refresh()
    desk.failNext('queue', unreachable())
    await workspace.refreshQueue()
    expect(workspace.state.queue).toHaveLength(1)
    expect(workspace.state.error?.code).toBe('unreachable')
  })
})

describe('a claim', () => {
  it('moves the user from the line to me', async () => {
    desk.waiting = [handoff('a')]
    const workspace = open()
    await workspace.refresh()
    desk.mine = [assignment('a')]
    expect((await workspace.claim('a')).kind).toBe('claimed')
    expect(workspace.state.queue).toEqual([])
    expect(workspace.isMine('c-a')).toBe(true)
  })

  it('that came second names who was first and looks at the line again', async () => {
    desk.waiting = [handoff('a')]
    const workspace = open()
    await workspace.refresh()
    desk.waiting = []
    desk.failNext('claim', new ApiError(409, 'already_claimed', '', { agent_name: '小周' }))
    expect(await workspace.claim('a')).toEqual({ kind: 'taken', by: '小周' })
    expect(workspace.state.queue).toEqual([])
  })

  it('that failed for another reason is not called taken', async () => {
    desk.failNext('claim', unreachable())
    await expect(open().claim('a')).rejects.toMatchObject({ code: 'unreachable' })
  })
})

it('shows the newest message of my conversation, never an older one', async () => {
  desk.mine = [assignment('a', { last_message: message(5) })]
  const workspace = open()
  await workspace.refresh()
  workspace.noteMessage('c-a', message(6))
  workspace.noteMessage('c-a', message(4))
  expect(workspace.state.mine[0]?.last_message?.seq).toBe(6)
})
