/** The live line to the desk: what it announces, and which conversations it should announce. */
import { io, type Socket } from 'socket.io-client'
import type { Message, Ownership } from './types'

export interface LiveHandlers {
  onOnline(): void
  onOffline(): void
  onRefused(): void
  onQueue(): void
  onMessage(conversationId: string, message: Message): void
  onOwner(conversationId: string, ownership: Ownership): void
  onCase(number: string): void
}

export interface Live {
  open(handlers: LiveHandlers): void
  close(): void
  /** Have a conversation announced; resolves when the desk has it on its list. */
  watch(conversationId: string): Promise<void>
  unwatch(conversationId: string): void
}

const ACK_TIMEOUT_MS = 5_000
const RETRY_REFUSED_MS = 5_000

export function createLive(): Live {
  let socket: Socket | null = null

  function open(handlers: LiveHandlers): void {
    close()
    socket = io('/console', {
      transports: ['websocket', 'polling'],
      withCredentials: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
    })
    socket.on('connect', handlers.onOnline)
    socket.on('disconnect', (reason) => {
      handlers.onOffline()
      // The library does not come back by itself when the desk hung up (a restart, for one).
      if (reason === 'io server disconnect') socket?.connect()
    })
    socket.on('connect_error', () => {
      handlers.onOffline()
      // A refusal (the desk is still starting, say) is final for the library, not for us.
      if (!socket || socket.active) return
      handlers.onRefused()
      setTimeout(() => socket?.connect(), RETRY_REFUSED_MS)
    })
    socket.on('queue', handlers.onQueue)
    socket.on('message', (event: { conversation_id: string; message: Message }) =>
      handlers.onMessage(event.conversation_id, event.message),
    )
    socket.on('conversation', (event: { conversation_id: string } & Ownership) =>
      handlers.onOwner(event.conversation_id, event),
    )
    socket.on('case_changed', (event: { number: string }) => handlers.onCase(event.number))
  }

  function close(): void {
    socket?.removeAllListeners()
    socket?.disconnect()
    socket = null
  }

  async function watch(conversationId: string): Promise<void> {
    if (!socket?.connected) return
    // Not heard: the next reconnect asks again, and catching up covers what was missed.
    await socket
      .timeout(ACK_TIMEOUT_MS)
      .emitWithAck('watch', { conversation_id: conversationId })
      .catch(() => undefined)
  }

  function unwatch(conversationId: string): void {
    if (socket?.connected) socket.emit('unwatch', { conversation_id: conversationId })
  }

  return { open, close, watch, unwatch }
}
