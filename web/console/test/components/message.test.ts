// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import MessageRow from '@/components/MessageRow.vue'
import { layOut } from '@/logic/transcript'
import { message } from '../fakes'
import { mount } from './mount'

const draw = (more: Parameters<typeof message>[1]) => mount(MessageRow, { row: layOut([message(1, more)])[0] }).host

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
