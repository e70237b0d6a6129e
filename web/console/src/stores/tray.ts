/**
 * What an agent is about to send along: files on their way to the desk and those that have arrived.
 * A tray belongs to its conversation; looking at another one neither mixes nor stops anything.
 */
import { reactive } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Attachment } from '@/api/types'
import { kindOf, sourceOf } from '@/logic/attachments'
import type { Memory } from './memory'

export interface TrayItem {
  key: string
  name: string
  size: number
  kind: Attachment['kind']
  preview: string | null
  state: 'waiting' | 'uploading' | 'done' | 'failed'
  /** The share that has gone out, 0 to 1. */
  progress: number
  attachment: Attachment | null
  error: ApiError | null
}

export interface Tray {
  items: TrayItem[]
  /** Start uploading; returns how many were too many. */
  add(files: File[]): number
  /** Out of the tray; an upload that is under way is called off. */
  remove(key: string): void
  retry(key: string): void
  canRetry(item: TrayItem): boolean
  /** After the line was down: try again what only the line had stopped. */
  resume(): void
  /** All that has arrived, out of the tray and into a message. */
  take(): Attachment[]
  putBack(attachments: Attachment[]): void
  /** The agent signs out: what is under way is called off, and nothing is kept any more. */
  close(): void
}

export interface TrayDeps {
  desk: Desk
  memory: Memory
  newId: () => string
  previews?: { make(file: File): string; drop(url: string): void }
}

export const TRAY_LIMIT = 9
const AT_ONCE = 2
const inBrowser = { make: (file: File) => URL.createObjectURL(file), drop: (url: string) => URL.revokeObjectURL(url) }

export function createTray(conversationId: string, deps: TrayDeps): Tray {
  const { desk, memory, newId, previews = inBrowser } = deps
  const items = reactive<TrayItem[]>(memory.tray(conversationId).map(arrived))
  const files = new Map<string, File>()
  const running = new Map<string, AbortController>()
  let closed = false

  function add(wanted: File[]): number {
    const fitting = wanted.slice(0, Math.max(0, TRAY_LIMIT - items.length))
    for (const file of fitting) {
      const item = waiting(newId(), file)
      files.set(item.key, file)
      items.push(item)
    }
    start()
    return wanted.length - fitting.length
  }

  function waiting(key: string, file: File): TrayItem {
    const kind = kindOf(file.type)
    const preview = kind === 'image' ? previews.make(file) : null
    const fresh = { state: 'waiting', progress: 0, attachment: null, error: null } as const
    return { key, name: file.name, size: file.size, kind, preview, ...fresh }
  }

  function start(): void {
    if (closed) return
    const free = AT_ONCE - running.size
    for (const item of items.filter((each) => each.state === 'waiting').slice(0, free)) void upload(item)
  }

  async function upload(item: TrayItem): Promise<void> {
    const abort = new AbortController()
    running.set(item.key, abort)
    Object.assign(item, { state: 'uploading', progress: 0, error: null })
    const watch = { onProgress: (share: number) => (item.progress = share), signal: abort.signal }
    try {
      item.attachment = await desk.upload(conversationId, files.get(item.key)!, watch)
      item.state = 'done'
    } catch (error) {
      Object.assign(item, { state: 'failed', error: asApiError(error) })
    } finally {
      running.delete(item.key)
      keep()
      start()
    }
  }

  function remove(key: string): void {
    running.get(key)?.abort()
    const index = items.findIndex((each) => each.key === key)
    if (index >= 0) forget(items.splice(index, 1))
  }

  function forget(gone: TrayItem[]): void {
    for (const { key, preview } of gone) {
      const isOurs = files.delete(key)
      if (isOurs && preview) previews.drop(preview)
    }
    keep()
  }

  function canRetry(item: TrayItem): boolean {
    return item.state === 'failed' && item.error?.transient === true && files.has(item.key)
  }

  function retry(key: string): void {
    const item = items.find((each) => each.key === key)
    if (!item || !canRetry(item)) return
    item.state = 'waiting'
    start()
  }

  function resume(): void {
    for (const item of items) if (item.error?.status === 0) retry(item.key)
  }

  function take(): Attachment[] {
    const taken = items.filter((each) => each.attachment)
    items.splice(0, items.length, ...items.filter((each) => !each.attachment))
    forget(taken)
    return taken.map((each) => each.attachment!)
  }

  function putBack(attachments: Attachment[]): void {
    items.unshift(...attachments.map(arrived))
    keep()
  }

  function close(): void {
    closed = true
    for (const abort of running.values()) abort.abort()
  }

  function keep(): void {
    if (closed) return
    memory.setTray(conversationId, items.flatMap((each) => each.attachment ?? []))
  }

  return { items, add, remove, retry, canRetry, resume, take, putBack, close }
}

function arrived(attachment: Attachment): TrayItem {
  const { id, name, size, kind } = attachment
  const preview = kind === 'image' ? sourceOf(attachment) : null
  return { key: id, name, size, kind, preview, state: 'done', progress: 1, attachment, error: null }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
