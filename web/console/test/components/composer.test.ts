// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import ComposerBox from '@/components/ComposerBox.vue'
import type { Console } from '@/stores/console'
import { ApiError } from '@/api/error'
import { attachment, FakeDesk, picture, settled } from '../fakes'
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

describe('attachments', () => {
  async function withFile(file = picture()) {
    const made = await composer()
    const tray = work.conversation('c1').tray
    tray.add([file])
    await nextTick()
    return { ...made, tray, note: () => made.host.querySelector('.note')?.textContent }
  }

  it('are shown on their way, and nothing is sent before they have arrived', async () => {
    const { host, write, press, note } = await withFile()
    desk.uploads[0]!.watch.onProgress(0.42)
    await write('看这张')
    await press()
    expect(sent()).toEqual([])
    expect(host.querySelector('.tray')?.textContent).toContain('42%')
    expect(host.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('42')
    expect(note()).toContain('附件传完后可以发送')
  })

  it('go out with the words once they have arrived, and leave the tray', async () => {
    const { host, write, press } = await withFile()
    await desk.uploads[0]!.arrive({ id: 'f_9' })
    await write('看这张')
    await press()
    expect(desk.sent.map((each) => [each.text, each.attachments.map(({ id }) => id)])).toEqual([['看这张', ['f_9']]])
    expect(host.querySelector('.tray')).toBeNull()
  })

  it('need no words', async () => {
    const { press } = await withFile()
    await desk.uploads[0]!.arrive()
    await press()
    expect(desk.sent).toHaveLength(1)
  })

  it('that were refused say why, and hold the message until they are taken out', async () => {
    const { host, write, press, note } = await withFile()
    await desk.uploads[0]!.refuse(new ApiError(413, 'attachment_too_large', '', { limit: 50_000_000 }))
    await write('看这张')
    await press()
    expect(host.querySelector('.tray [role=alert]')?.textContent).toBe('文件太大，最大 50 MB')
    expect(note()).toContain('请重试或移除')
    host.querySelector<HTMLElement>('.tray [aria-label^="移除"]')!.click()
    await nextTick()
    await press()
    expect(sent()).toEqual(['看这张'])
  })

  it('can be called off while they are on their way', async () => {
    const { host, tray } = await withFile()
    host.querySelector<HTMLElement>('.tray [aria-label^="取消上传"]')!.click()
    await nextTick()
    expect(desk.uploads[0]!.watch.signal.aborted).toBe(true)
    expect(tray.items).toEqual([])
  })

  it('come in by paste; pasted text stays text', async () => {
    const { field } = await composer()
    const paste = (types: string[]) => {
      const event = new Event('paste', { cancelable: true }) as ClipboardEvent
      const items = [{ kind: 'file', getAsFile: () => picture('pasted.png') }]
      Object.defineProperty(event, 'clipboardData', { value: { types, items } })
      field.dispatchEvent(event)
      return event
    }
    expect(paste(['text/plain', 'text/html', 'Files']).defaultPrevented).toBe(false)
    expect(desk.uploads).toHaveLength(0)
    expect(paste(['Files']).defaultPrevented).toBe(true)
    expect(desk.uploads.map((each) => each.file.name)).toEqual(['pasted.png'])
  })

  it('of one conversation are not those of another', async () => {
    const first = await withFile()
    await first.write('给第一位')
    first.unmount()
    const second = mount(ComposerBox, { conversation: work.conversation('c2') }, work)
    await settled()
    expect(second.host.querySelector('.tray')).toBeNull()
    expect(second.host.querySelector('textarea')!.value).toBe('')
    second.unmount()
    const back = await composer()
    expect(back.host.querySelectorAll('.tray li')).toHaveLength(1)
    expect(back.field.value).toBe('给第一位')
  })

  it('that had arrived are still there after a reload', async () => {
    work.memory.setTray('c3', [attachment('f_1')])
    const { host } = mount(ComposerBox, { conversation: work.conversation('c3') }, work)
    await settled()
    expect(host.querySelector('.tray')?.textContent).toContain('f_1.png')
  })
})
