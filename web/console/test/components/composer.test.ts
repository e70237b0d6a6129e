// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import ComposerBox from '@/components/ComposerBox.vue'
import type { Console } from '@/stores/console'
import { FakeDesk, settled } from '../fakes'
import { mount, openWork } from './mount'

let desk: FakeDesk
let work: Console

beforeEach(() => {
  desk = new FakeDesk()
  work = openWork(desk)
})

async function composer() {
  const conversation = work.conversation('c1')
  await settled()
  const mounted = mount(ComposerBox, { conversation }, work)
  const field = mounted.host.querySelector('textarea')!
  const write = async (text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input'))
    await nextTick()
  }
  const press = async (init: KeyboardEventInit = {}) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }))
    await settled()
  }
  return { ...mounted, field, write, press }
}

const sent = () => desk.sent.map((each) => each.text)

it('sends on Enter and empties the box', async () => {
  const { field, write, press } = await composer()
  await write('您好')
  await press()
  expect(sent()).toEqual(['您好'])
  expect(field.value).toBe('')
})

it('leaves Enter to an input method that is composing', async () => {
  const { write, press } = await composer()
  await write('nihao')
  await press({ isComposing: true })
  await press({ keyCode: 229 } as KeyboardEventInit)
  expect(sent()).toEqual([])
})

it('breaks the line on Shift+Enter', async () => {
  const { write, press } = await composer()
  await write('一行')
  await press({ shiftKey: true })
  expect(sent()).toEqual([])
})

it('does not send blanks or more than 2000 characters, and says how many are too many', async () => {
  const { host, write, press } = await composer()
  await write('  \n ')
  await press()
  await write('字'.repeat(2003))
  await press()
  expect(sent()).toEqual([])
  expect(host.textContent).toContain('超出 3 字')
})

it('counts an emoji as one character', async () => {
  const { write, press } = await composer()
  await write('😀'.repeat(2000))
  await press()
  expect(sent()).toHaveLength(1)
})

it('keeps what was written when the conversation is left and opened again', async () => {
  const first = await composer()
  await first.write('写到一半')
  first.unmount()
  expect((await composer()).field.value).toBe('写到一半')
})
