// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import MessageRow from '@/components/MessageRow.vue'
import { layOut } from '@/logic/transcript'
import type { Case } from '@/api/types'
import { attachment, kase, message } from '../fakes'
import { mount } from './mount'

const draw = (more: Parameters<typeof message>[1]) => mount(MessageRow, { row: layOut([message(1, more)])[0], pictures: [] }).host

it('draws a user’s text as text, whatever it looks like', () => {
  const host = draw({ text: '<img src=x onerror=alert(1)>' })
  expect(host.querySelector('img')).toBeNull()
  expect(host.textContent).toContain('<img src=x onerror=alert(1)>')
})

it('shows the bot’s buttons as what was offered, not as buttons', () => {
  const host = draw({ author: 'bot', buttons: [{ title: '查进度', payload: '/case_progress' }] })
  expect(host.querySelector('.offered')?.textContent).toContain('查进度')
  expect(host.querySelector('button')).toBeNull()
})

it('says that a rating was asked for', () => {
  const host = draw({ author: 'system', kind: 'card', text: '', card: { type: 'csat', case_number: 'KF20261124000001' } })
  expect(host.textContent).toContain('KF20261124000001')
})

it('names who spoke', () => {
  expect(draw({ author: 'agent', agent_name: '小林' }).textContent).toContain('小林')
  expect(draw({ author: 'bot' }).textContent).toContain('机器人')
})

it('draws a penalty with its term and appeal deadline', () => {
  const host = draw({
    author: 'bot', kind: 'card', text: '',
    card: {
      type: 'penalty', type_label: '账号封禁', reason: '搬运', rule: '', started_at: '2026-11-20T00:00:00+08:00', ends_at: null,
      permanent: true, appeal_deadline: '2026-11-30T12:00:00+08:00', appealable: true,
    },
  })
  expect(host.textContent).toContain('永久')
  expect(host.textContent).toContain('申诉截止')
})

it('shows how the case was rated, as soon as it is known', () => {
  const row = layOut([message(1, { author: 'system', kind: 'card', text: '', card: { type: 'csat', case_number: 'KF1' } })])[0]
  const said = (item: Case) => mount(MessageRow, { row, pictures: [], item }).host.textContent
  expect(said(kase('KF1'))).not.toContain('用户评了')
  expect(said(kase('KF1', { csat: { score: 4, comment: '谢谢' } }))).toContain('用户评了 4 分 · 谢谢')
  expect(said(kase('KF2', { csat: { score: 4, comment: '' } }))).not.toContain('用户评了')
})

it('draws attachments above the words, and no bubble where there are none', () => {
  const host = draw({ text: '', attachments: [attachment('a')] })
  expect(host.querySelectorAll('.thumb')).toHaveLength(1)
  expect(host.querySelector('.bubble')).toBeNull()
})

it('says in a notice what became of the case, and what was offered', () => {
  const host = draw({
    author: 'system', kind: 'notice', code: 'case_state_changed', text: '已标记为解决',
    card: { type: 'case', number: 'KF1', topic_label: '账号封禁申诉', state: 'resolved', due_at: null },
    buttons: [{ title: '还没解决，重新打开', payload: '/case_reopen' }],
  })
  expect(host.textContent).toContain('已解决')
  expect(host.querySelector('.offered')?.textContent).toContain('重新打开')
})
