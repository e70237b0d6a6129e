/** How attachments are told apart, found and measured before a byte of them is loaded. */
import type { Attachment } from '@/api/types'

/** What the file dialog offers first; whether a file is taken the desk decides. */
export const OFFERED_TYPES =
  'image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm,application/pdf'

export function sourceOf(attachment: Attachment): string {
  return `/api/agent/attachments/${encodeURIComponent(attachment.id)}`
}

/** For the looks of a file that is still here: the desk tells its kind once it has it. */
export function kindOf(type: string): Attachment['kind'] {
  const [family] = type.split('/')
  return family === 'image' || family === 'video' ? family : 'file'
}

export interface ByKind {
  pictures: Attachment[]
  videos: Attachment[]
  documents: Attachment[]
}

export function byKind(attachments: Attachment[]): ByKind {
  const only = (kind: Attachment['kind']) => attachments.filter((each) => each.kind === kind)
  return { pictures: only('image'), videos: only('video'), documents: only('file') }
}

export interface Box {
  width: number
  height: number
}

const LARGEST: Box = { width: 280, height: 300 }
const SMALLEST_SIDE = 96
const UNKNOWN: Box = { width: 240, height: 180 }

/**
 * The box one picture or film is drawn in. It is known before anything is loaded, so nothing jumps;
 * a long screenshot or a panorama is cropped rather than shrunk to a thread.
 */
export function boxOf({ width, height }: Pick<Attachment, 'width' | 'height'>): Box {
  if (!width || !height) return UNKNOWN
  const ratio = Math.min(Math.max(width / height, 0.5), 2.5)
  const wide = Math.min(LARGEST.width, LARGEST.height * ratio, Math.max(width, SMALLEST_SIDE))
  return { width: Math.round(wide), height: Math.round(wide / ratio) }
}

/** Files of a drop or a paste. Text copied from an office program brings a picture of itself along: that is text. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data || isRichText(data)) return []
  const items = [...data.items].filter((item) => item.kind === 'file')
  // A folder looks like a file until somebody tries to read it.
  return items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).flatMap((item) => item.getAsFile() ?? [])
}

function isRichText(data: DataTransfer): boolean {
  return data.types.includes('text/plain') && data.types.includes('text/html')
}
