/** Which rooms of the console each role may enter; navigation and routes both read this. */
import type { Role } from '@/api/types'

export interface Room {
  route: string
  word: string
  roles: readonly Role[]
}

export const ROOMS: readonly Room[] = [
  { route: 'conversations', word: 'nav-conversations', roles: ['agent', 'supervisor'] },
  { route: 'cases', word: 'nav-cases', roles: ['agent', 'supervisor'] },
]

export function roomsFor(role: Role): Room[] {
  return ROOMS.filter((room) => room.roles.includes(role))
}

/** Only a path inside the console may be returned to after signing in. */
export function safeReturn(path: unknown): string {
  return typeof path === 'string' && path.startsWith('/') && !path.startsWith('//') && !path.includes('\\') ? path : '/'
}
