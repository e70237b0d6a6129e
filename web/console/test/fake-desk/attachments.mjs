/** What was uploaded to the fake desk: bytes in memory, told apart by their first bytes as the desk does. */
import { randomUUID } from 'node:crypto'

export const LIMIT_BYTES = 20 * 1024 * 1024
const BEGINNINGS = [
  ['image', 'image/png', (head) => head.startsWith('\x89PNG')],
  ['image', 'image/jpeg', (head) => head.startsWith('\xff\xd8\xff')],
  ['image', 'image/gif', (head) => head.startsWith('GIF8')],
  ['image', 'image/webp', (head) => head.slice(8, 12) === 'WEBP'],
  ['video', 'video/mp4', (head) => head.slice(4, 8) === 'ftyp'],
  ['video', 'video/webm', (head) => head.startsWith('\x1aE\xdf\xa3')],
  ['file', 'application/pdf', (head) => head.startsWith('%PDF')],
]

/** Keep the bytes of an attachment; refuses, as {status, body} thrown, what the desk would refuse. */
export function keepAttachment(state, conversationId, name, bytes, size = {}) {
  const refuse = (status, code, details = {}) => {
    throw { status, body: { code, message: '', details } }
  }
  if (!bytes.length) refuse(422, 'attachment_empty')
  if (bytes.length > LIMIT_BYTES) refuse(413, 'attachment_too_large', { limit: LIMIT_BYTES })
  const head = bytes.subarray(0, 16).toString('latin1')
  const [kind, contentType] = BEGINNINGS.find(([, , fits]) => fits(head)) ?? refuse(415, 'attachment_type_unknown', { allowed: [] })
  const measured = contentType === 'image/png' ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : {}
  const view = {
    id: `f_${randomUUID().slice(0, 12)}`, kind, name, content_type: contentType, size: bytes.length, width: null, height: null,
    ...measured, ...size,
  }
  state.attachments.set(view.id, { view, bytes, conversationId, isSent: false })
  return view
}

/** Send attachments of a conversation with a message, each once. */
export function sendAttachments(state, conversation, ids = []) {
  const kept = ids.map((id) => state.attachments.get(id))
  const isFine = (each) => each && !each.isSent && each.conversationId === conversation.conversation_id
  if (!kept.every(isFine)) throw { status: 422, body: { code: 'attachment_not_yours', message: '', details: {} } }
  kept.forEach((each) => (each.isSent = true))
  return kept.map((each) => each.view)
}
