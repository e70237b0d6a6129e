import { describe, expect, it } from 'vitest'
import { awaitingReplySince, countByPriority, inDeskOrder, inQueueOrder, skillGroupsIn } from '@/logic/queue'
import { assignment, handoff, message } from '../fakes'

describe('the waiting line', () => {
  it('has the urgent first, then whoever has waited longest', () => {
    const line = inQueueOrder([
      handoff('normal-long', { waiting_since: '2026-11-24T08:00:00+08:00' }),
      handoff('high-short', { priority: 'high', waiting_since: '2026-11-24T09:59:00+08:00' }),
      handoff('high-long', { priority: 'high', waiting_since: '2026-11-24T09:30:00+08:00' }),
      handoff('urgent', { priority: 'urgent', waiting_since: '2026-11-24T10:00:00+08:00' }),
    ])
    expect(line.map((each) => each.id)).toEqual(['urgent', 'high-long', 'high-short', 'normal-long'])
  })

  it('compares moments, not their spelling', () => {
    const line = inQueueOrder([
      handoff('later', { waiting_since: '2026-11-24T03:00:00Z' }),
      handoff('earlier', { waiting_since: '2026-11-24T10:00:00+08:00' }),
    ])
    expect(line[0]?.id).toBe('earlier')
  })

  it('is counted by priority', () => {
    expect(countByPriority([handoff('a', { priority: 'urgent' }), handoff('b')])).toMatchObject({ urgent: 1, normal: 1, low: 0 })
  })

  it('names each skill group once', () => {
    expect(skillGroupsIn([handoff('a'), handoff('b')])).toEqual([{ name: 'general', label: '综合' }])
  })
})

describe('my conversations', () => {
  it('keep the order in which I took them', () => {
    const late = assignment('late', { handoff: handoff('late', { assigned_at: '2026-11-24T10:09:00+08:00' }) })
    const early = assignment('early', { handoff: handoff('early', { assigned_at: '2026-11-24T10:01:00+08:00' }) })
    expect(inDeskOrder([late, early]).map((each) => each.conversation_id)).toEqual(['c-early', 'c-late'])
  })

  it('await a reply only while the user spoke last', () => {
    expect(awaitingReplySince(assignment('a', { last_message: message(1) }))).toBe(message(1).created_at)
    expect(awaitingReplySince(assignment('a', { last_message: message(2, { author: 'agent' }) }))).toBeNull()
  })
})
