import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import type { CaseFilter } from '@/api/desk'
import type { CaseSummary } from '@/api/types'
import { createCases, type Cases } from '@/stores/cases'
import { FakeDesk, kase, unreachable } from '../fakes'

let desk: FakeDesk
let cases: Cases
const all: CaseFilter = { state: '', mine: false }
const csat = { score: 5, comment: '谢谢' }

beforeEach(() => {
  desk = new FakeDesk()
  desk.known = kase('KF1')
  desk.list = [kase('KF1')]
  cases = createCases({ desk })
})

describe('a case that is looked at', () => {
  it('is looked at again when it changed, and only then', async () => {
    await cases.open('KF1')
    desk.known = kase('KF1', { csat })
    await cases.refresh(['KF2'])
    expect(cases.state.current?.csat).toBeNull()
    await cases.refresh(['KF2', 'KF1'])
    expect(cases.state.current?.csat).toEqual(csat)
  })

  it('stays as it is while it is looked at again, and when that fails', async () => {
    await cases.open('KF1')
    desk.failNext('case', unreachable())
    const refreshing = cases.refresh(['KF1'])
    expect(cases.state.current?.number).toBe('KF1')
    await refreshing
    expect(cases.state).toMatchObject({ current: { number: 'KF1' }, currentError: null })
  })

  it('is nobody’s concern once it is left', async () => {
    await cases.open('KF1')
    cases.close()
    desk.calls = []
    await cases.refresh(['KF1'])
    expect(desk.calls).toEqual([])
  })

  it('is not overwritten by the slower answer about another one', async () => {
    const slow = cases.open('KF1')
    desk.known = kase('KF2')
    await cases.open('KF2')
    await slow
    expect(cases.state.current?.number).toBe('KF2')
  })
})

describe('the list', () => {
  it('is fetched again with its filter, without a moment of emptiness', async () => {
    await cases.loadList({ state: 'open', mine: true })
    desk.list = [kase('KF1', { state: 'resolved' }), kase('KF2')]
    const refreshing = cases.refresh(['KF9'])
    expect(cases.state.list).toHaveLength(1)
    await refreshing
    expect(cases.state.list?.map((each) => each.state)).toEqual(['resolved', 'open'])
  })

  it('keeps what it had when that fails', async () => {
    await cases.loadList(all)
    desk.failNext('cases', unreachable())
    await cases.refresh()
    expect(cases.state).toMatchObject({ list: [{ number: 'KF1' }], listError: null })
  })

  it('shows the answer that was asked for last, whatever comes in last', async () => {
    const answers: ((list: CaseSummary[]) => void)[] = []
    await cases.loadList(all)
    desk.cases = () => new Promise((resolve) => answers.push(resolve))
    const both = [cases.refresh(), cases.refresh()]
    answers[1]!([kase('new')])
    answers[0]!([kase('old')])
    await Promise.all(both)
    expect(cases.state.list?.map((each) => each.number)).toEqual(['new'])
  })

  it('is not fetched while nobody looks at it', async () => {
    await cases.loadList(all)
    cases.closeList()
    desk.calls = []
    await cases.refresh()
    expect(desk.calls).toEqual([])
  })
})

describe('a change of state', () => {
  it('carries the note and what the user is told', async () => {
    await cases.open('KF1')
    await cases.transition({ to: 'waiting', note: '等截图', tell: '请补充截图' })
    expect(desk.transitions).toEqual([{ to: 'waiting', note: '等截图', tell: '请补充截图' }])
    expect(cases.state.current?.state).toBe('waiting')
  })

  it('that is refused shows what is true now', async () => {
    await cases.open('KF1')
    desk.failNext('transition', new ApiError(409, 'illegal_transition', ''))
    desk.known = kase('KF1', { state: 'closed' })
    await expect(cases.transition({ to: 'waiting', note: '', tell: '' })).rejects.toThrow()
    expect(cases.state.current?.state).toBe('closed')
  })
})
