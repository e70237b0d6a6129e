/** Who is signed in. */
import { reactive } from 'vue'
import type { Desk } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Agent } from '@/api/types'

export interface SessionState {
  status: 'unknown' | 'in' | 'out'
  agent: Agent | null
  /** True when the session ended by itself: the sign-in page then says so. */
  expired: boolean
}

export interface Session {
  state: SessionState
  load(): Promise<void>
  signIn(login: string, password: string): Promise<void>
  signOut(): Promise<void>
  setDuty(onDuty: boolean): Promise<void>
  expire(): void
}

export function createSession({ desk }: { desk: Desk }): Session {
  const state = reactive<SessionState>({ status: 'unknown', agent: null, expired: false })

  function enter(agent: Agent): void {
    Object.assign(state, { status: 'in', agent, expired: false })
  }

  async function load(): Promise<void> {
    try {
      enter(await desk.me())
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      Object.assign(state, { status: 'out', agent: null })
    }
  }

  async function signIn(login: string, password: string): Promise<void> {
    enter(await desk.signIn(login, password))
  }

  async function signOut(): Promise<void> {
    await desk.signOut()
    Object.assign(state, { status: 'out', agent: null, expired: false })
  }

  async function setDuty(onDuty: boolean): Promise<void> {
    state.agent = await desk.setDuty(onDuty)
  }

  /** The desk no longer knows us. Being unknown from the start is not an expiry. */
  function expire(): void {
    if (state.status === 'in') Object.assign(state, { status: 'out', agent: null, expired: true })
  }

  return { state, load, signIn, signOut, setDuty, expire }
}
