// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import TranscriptView from '@/components/TranscriptView.vue'
import type { Conversation } from '@/stores/conversation'
import { FakeDesk, message, settled } from '../fakes'
import { mount, openWork } from './mount'

let desk: FakeDesk
let conversation: Conversation
let host: HTMLElement

beforeEach(async () => {
  desk = new FakeDesk()
  desk.view.messages = [message(8), message(9)]
  const work = openWork(desk)
  conversation = work.conversation('c1')
  await settled()
  host = mount(TranscriptView, { conversation }, work).host
})

/** Somebody reads further up. */
function scrollUp(): void {
  const box = host.querySelector<HTMLElement>('.scroller')!
  Object.defineProperties(box, { scrollHeight: { value: 2000, configurable: true }, clientHeight: { value: 400 } })
  box.scrollTop = 0
  box.dispatchEvent(new Event('scroll'))
}

const button = () => host.querySelector<HTMLElement>('.earlier button')
const newer = () => host.querySelector('.newer')

it('offers earlier messages until there are none', async () => {
  desk.view.messages = Array.from({ length: 9 }, (_, at) => message(at + 1))
  button()!.click()
  await settled()
  expect(host.querySelectorAll('.bubble')).toHaveLength(9)
  expect(button()).toBeNull()
})

it('tells whoever reads further up of new messages, and does not take earlier ones for new', async () => {
  scrollUp()
  desk.view.messages = Array.from({ length: 9 }, (_, at) => message(at + 1))
  button()!.click()
  await settled()
  expect(newer()).toBeNull()
  conversation.receive([message(10)])
  await settled()
  expect(newer()).not.toBeNull()
})
