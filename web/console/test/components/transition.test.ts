// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import type { Case, CaseState } from '@/api/types'
import TransitionDialog from '@/components/TransitionDialog.vue'
import type { Console } from '@/stores/console'
import { FakeDesk, kase, settled, unreachable } from '../fakes'
import { mount, openWork } from './mount'

let desk: FakeDesk
let work: Console
let unmount: () => void
const to = ref<CaseState | null>(null)

beforeEach(async () => {
  desk = new FakeDesk()
  desk.known = kase('KF1')
  work = openWork(desk)
})
afterEach(() => {
  unmount()
  to.value = null
})

async function dialog(target: CaseState, more: Partial<Case> = {}): Promise<void> {
  desk.known = kase('KF1', more)
  await work.cases.open('KF1')
  const page = defineComponent(() => () =>
    h(TransitionDialog, { item: work.cases.state.current!, verb: '等用户补充', modelValue: to.value, 'onUpdate:modelValue': (next) => (to.value = next) }),
  )
  unmount = mount(page, {}, work).unmount
  await go(target)
}

async function go(target: CaseState | null): Promise<void> {
  to.value = target
  await settled()
}

const shown = () => document.querySelector<HTMLElement>('.el-dialog')!
const field = (name: string) => document.querySelector<HTMLTextAreaElement>(`#${name}-field`)

async function write(name: string, text: string): Promise<void> {
  field(name)!.value = text
  field(name)!.dispatchEvent(new Event('input'))
  await nextTick()
}

async function confirm(): Promise<void> {
  shown().querySelector<HTMLElement>('.el-dialog__footer .el-button--primary')!.click()
  await settled()
}

it('sends what the user is told apart from the note', async () => {
  await dialog('waiting')
  await write('tell', '请补充一张截图')
  await write('note', '等截图')
  await confirm()
  expect(desk.transitions).toEqual([{ to: 'waiting', note: '等截图', tell: '请补充一张截图' }])
  expect(to.value).toBeNull()
})

it('says on the button, and shows beforehand, that the user will read it', async () => {
  await dialog('waiting')
  expect(shown().textContent).toContain('建议写明需要用户补充什么')
  expect(shown().textContent).not.toContain('并告诉用户')
  await write('tell', '请补充一张截图')
  expect(shown().textContent).toContain('等用户补充，并告诉用户')
  expect(shown().querySelector('.preview')?.textContent).toContain('同事说：请补充一张截图')
  expect(shown().textContent).not.toContain('建议写明')
})

it('suggests it only where something is wanted of the user', async () => {
  await dialog('resolved')
  expect(field('tell')).not.toBeNull()
  expect(shown().textContent).not.toContain('建议写明')
})

it('does not carry words meant for one step into another', async () => {
  await dialog('waiting')
  await write('tell', '请补充一张截图')
  await go(null)
  await go('resolved')
  expect(field('tell')!.value).toBe('')
})

it('keeps both texts when the desk cannot be reached', async () => {
  await dialog('waiting')
  await write('tell', '请补充一张截图')
  await write('note', '等截图')
  desk.failNext('transition', unreachable())
  await confirm()
  expect(shown().textContent).toContain('连不上服务')
  expect([field('tell')!.value, field('note')!.value]).toEqual(['请补充一张截图', '等截图'])
})

it('keeps what is being typed while the case changes behind it', async () => {
  await dialog('waiting')
  await write('tell', '请补充')
  desk.known = kase('KF1', { state: 'new' })
  await work.cases.refresh(['KF1'])
  await nextTick()
  expect(shown().textContent).toContain('「新建」')
  expect(field('tell')!.value).toBe('请补充')
})

it('offers nothing to tell where there is no conversation to tell it in', async () => {
  await dialog('waiting', { conversation_id: null })
  expect(field('tell')).toBeNull()
  expect(field('note')).not.toBeNull()
})
