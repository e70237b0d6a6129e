import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openConsole, type Console } from '@/stores/console'
import { assignment, FakeDesk, FakeLive, FakeStorage, handoff, kase, lin, message, settled, unreachable } from '../fakes'

let desk: FakeDesk
let live: FakeLive
let work: Console
let said: string[]

beforeEach(async () => {
  desk = new FakeDesk()
  live = new FakeLive()
  said = []
  desk.mine = [assignment('a')]
  const events = { onArrived: () => undefined, onUserMessage: (id: string) => said.push(id) }
  work = openConsole(lin, { desk, live, storage: new FakeStorage(), events })
  await settled()
})
afterEach(() => work.close())

it('has each of my conversations announced', () => {
  expect(live.watching).toEqual(['c-a'])
})

it('after a break asks for its announcements again and catches up by itself', async () => {
  const conversation = work.conversation('c1')
  await settled()
  live.handlers.onOffline()
  expect(work.line.online).toBe(false)
  desk.view.messages.push(message(1))
  desk.waiting = [handoff('new')]
  live.watching = []
  live.handlers.onOnline()
  await settled()
  expect(live.watching).toEqual(['c-a', 'c1'])
  expect(conversation.state.transcript.shown).toHaveLength(1)
  expect(work.workspace.state.queue).toHaveLength(1)
})

it('after a break sends what could not be sent', async () => {
  const conversation = work.conversation('c1')
  await settled()
  desk.failNext('send', unreachable())
  await conversation.send('你好')
  live.handlers.onOnline()
  await settled()
  expect(desk.sent).toHaveLength(1)
  expect(conversation.state.pending).toEqual([])
})

it('takes in an announced message and tells of the user who spoke', async () => {
  const conversation = work.conversation('c1')
  await settled()
  live.handlers.onMessage('c1', message(1))
  live.handlers.onMessage('c1', message(2, { author: 'agent' }))
  expect(conversation.state.transcript.shown).toHaveLength(2)
  expect(said).toEqual(['c1'])
})

it('lets go of a conversation that is not mine when it is left', async () => {
  desk.view.agent_id = 'a2'
  work.conversation('c9')
  await settled()
  work.leave('c9')
  expect(live.watching).toEqual(['c-a'])
  expect(work.opened('c9')).toBeUndefined()
})

it('looks once at what a burst of changes to cases was about, wherever it is shown', async () => {
  desk.view.case = kase('KF1')
  desk.known = kase('KF1')
  const conversation = work.conversation('c1')
  await work.cases.open('KF1')
  await work.cases.loadList({ state: '', mine: false })
  desk.known = kase('KF1', { csat: { score: 5, comment: '' } })
  desk.list = [kase('KF1')]
  desk.calls = []
  vi.useFakeTimers()
  for (const number of ['KF1', 'KF7', 'KF1']) live.handlers.onCase(number)
  vi.advanceTimersByTime(250)
  vi.useRealTimers()
  await settled()
  expect(desk.calls.sort()).toEqual(['case', 'case', 'cases'])
  expect(work.cases.state.current?.csat?.score).toBe(5)
  expect(work.cases.state.list).toHaveLength(1)
  expect(conversation.state.head?.case?.csat?.score).toBe(5)
})

it('after a break looks at the cases again, too', async () => {
  desk.known = kase('KF1')
  await work.cases.open('KF1')
  desk.known = kase('KF1', { state: 'resolved' })
  live.handlers.onOnline()
  await settled()
  expect(work.cases.state.current?.state).toBe('resolved')
})

it('keeps the trays of conversations apart', async () => {
  const [one, two] = [work.conversation('c1'), work.conversation('c2')]
  await settled()
  one.tray.add([new File(['x'], 'a.pdf')])
  work.memory.setDraft('c1', '给第一位')
  expect(two.tray.items).toEqual([])
  expect(work.memory.draft('c2')).toBe('')
  await desk.uploads[0]!.arrive()
  expect(one.tray.items.map((each) => each.state)).toEqual(['done'])
})

it('calls off what is being uploaded when the agent signs out, and keeps nothing afterwards', async () => {
  const conversation = work.conversation('c1')
  await settled()
  conversation.tray.add([new File(['x'], 'a.pdf'), new File(['x'], 'b.pdf'), new File(['x'], 'c.pdf')])
  await desk.uploads[0]!.arrive()
  work.close()
  work.memory.forget()
  await settled()
  expect(desk.uploads.map((each) => each.watch.signal.aborted)).toEqual([false, true, true])
  expect(work.memory.tray('c1')).toEqual([])
})
