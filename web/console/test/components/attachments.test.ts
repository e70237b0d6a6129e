// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Attachment } from '@/api/types'
import AttachmentList from '@/components/AttachmentList.vue'
import { attachment } from '../fakes'
import { mount } from './mount'

const video = attachment('v', { kind: 'video', name: '录屏.mp4', content_type: 'video/mp4' })
const document_ = attachment('d', { kind: 'file', name: '授权书.pdf', content_type: 'application/pdf', size: 41_600 })
const draw = (attachments: Attachment[], more = {}) => mount(AttachmentList, { attachments, ...more }).host

beforeEach(() => (document.body.innerHTML = ''))

it('draws one picture in a box of its shape, before it is loaded', () => {
  const thumb = draw([attachment('a', { width: 1600, height: 1200 })]).querySelector<HTMLElement>('.thumb')!
  expect(thumb.style.width).toBe('280px')
  expect(thumb.querySelector('img')?.getAttribute('src')).toBe('/api/agent/attachments/a')
})

it('draws several pictures in a grid of equal squares', () => {
  const host = draw([attachment('a'), attachment('b'), attachment('c')])
  expect(host.querySelectorAll('.grid .thumb')).toHaveLength(3)
  expect(host.querySelector<HTMLElement>('.thumb')!.style.width).toBe('')
})

it('says that a picture did not load, and tries again when asked', async () => {
  const host = draw([attachment('a')])
  host.querySelector('img')!.dispatchEvent(new Event('error'))
  await nextTick()
  expect(host.querySelector('img')).toBeNull()
  expect(host.textContent).toContain('图片没能加载')
  host.querySelector<HTMLElement>('.thumb')!.click()
  await nextTick()
  expect(host.querySelector('img')).not.toBeNull()
})

it('plays a video with the browser’s controls, and offers it as a download when it cannot', async () => {
  const host = draw([video])
  expect(host.querySelector('video')?.controls).toBe(true)
  host.querySelector('video')!.dispatchEvent(new Event('error'))
  await nextTick()
  expect(host.textContent).toContain('没能播放')
  expect(host.querySelector('a')?.getAttribute('download')).toBe('录屏.mp4')
})

it('shows a document by name and size, to be downloaded and never opened in the console', () => {
  const host = draw([document_])
  expect(host.textContent).toContain('授权书.pdf')
  expect(host.textContent).toContain('42 KB')
  expect([...host.querySelectorAll('a')].map((each) => each.getAttribute('download'))).toEqual(['授权书.pdf'])
})

it('opens the large view at the picture pressed, among all that there are to leaf through', async () => {
  const [a, b, c] = [attachment('a'), attachment('b'), attachment('c')]
  const host = draw([b], { among: [a, b, c] })
  host.querySelector<HTMLElement>('.thumb')!.click()
  await nextTick()
  const viewer = document.querySelector('[role=dialog]')!
  expect(viewer.textContent).toContain('2 / 3')
  expect(viewer.textContent).toContain('b.png')
  viewer.querySelector<HTMLElement>('[aria-label="下一张"]')!.click()
  await nextTick()
  expect(viewer.textContent).toContain('c.png')
  expect(viewer.querySelector('.el-image-viewer__img')?.getAttribute('alt')).toBe('c.png')
  viewer.querySelector<HTMLElement>('[aria-label="关闭"]')!.click()
  await nextTick()
  expect(document.querySelector('[role=dialog]')).toBeNull()
})
