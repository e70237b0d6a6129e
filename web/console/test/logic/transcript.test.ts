import { describe, expect, it } from 'vitest'
import { addEarlier, addMessages, emptyTranscript, hasGap, lastSeq, layOut } from '@/logic/transcript'
import { message } from '../fakes'

const seqs = (messages: { seq: number }[]) => messages.map((each) => each.seq)

describe('a transcript', () => {
  it('is in order whatever order the messages come in', () => {
    const first = addMessages(emptyTranscript, [message(1)])
    const transcript = addMessages(addMessages(first, [message(3)]), [message(2)])
    expect(seqs(transcript.shown)).toEqual([1, 2, 3])
    expect(hasGap(transcript)).toBe(false)
  })

  it('shows a message that came twice once', () => {
    const transcript = addMessages(addMessages(emptyTranscript, [message(1), message(2)]), [message(2)])
    expect(seqs(transcript.shown)).toEqual([1, 2])
  })

  it('holds back what lies beyond a hole until the hole is filled', () => {
    const torn = addMessages(emptyTranscript, [message(1), message(2), message(5), message(4)])
    expect(seqs(torn.shown)).toEqual([1, 2])
    expect(seqs(torn.held)).toEqual([4, 5])
    expect(lastSeq(torn)).toBe(2)
    const whole = addMessages(torn, [message(3)])
    expect(seqs(whole.shown)).toEqual([1, 2, 3, 4, 5])
    expect(whole.held).toEqual([])
  })

  it('may begin later than at the first message', () => {
    expect(seqs(addMessages(emptyTranscript, [message(8), message(7)]).shown)).toEqual([7, 8])
  })

  it('grows at its beginning by what joins on to it', () => {
    const transcript = addMessages(emptyTranscript, [message(5), message(6), message(9)])
    expect(seqs(addEarlier(transcript, [message(3), message(4), message(5)]).shown)).toEqual([3, 4, 5, 6])
    expect(seqs(addEarlier(transcript, [message(1), message(2)]).shown)).toEqual([5, 6])
  })
})

describe('the rows of a transcript', () => {
  it('leave out an opening payload', () => {
    expect(layOut([message(1, { kind: 'opening' }), message(2)])).toHaveLength(1)
  })

  it('break at a new day', () => {
    const rows = layOut([
      message(1, { created_at: '2026-11-23T12:00:00+08:00' }),
      message(2, { created_at: '2026-11-24T12:00:00+08:00' }),
      message(3, { created_at: '2026-11-24T12:00:10+08:00' }),
    ])
    expect(rows.map((row) => row.day !== null)).toEqual([true, true, false])
  })

  it('draw messages of one author close together as one run', () => {
    const rows = layOut([message(1), message(2), message(3, { author: 'bot' })])
    expect(rows.map((row) => [row.opens, row.ends])).toEqual([[true, false], [false, true], [true, true]])
  })

  it('end a run after a pause', () => {
    const rows = layOut([message(1), message(2, { created_at: '2026-11-24T10:06:00+08:00' })])
    expect(rows[1]?.opens).toBe(true)
  })

  it('put users on one side, the desk on the other and notices between them', () => {
    const rows = layOut([message(1), message(2, { author: 'agent' }), message(3, { author: 'bot', kind: 'notice' })])
    expect(rows.map((row) => row.side)).toEqual(['user', 'desk', 'system'])
  })
})
