/** The list of cases and the one being looked at. */
import { reactive } from 'vue'
import type { CaseFilter, Desk } from '@/api/desk'
import { ApiError } from '@/api/http'
import type { Case, CaseState, CaseSummary } from '@/api/types'

export interface CasesState {
  list: CaseSummary[] | null
  listError: ApiError | null
  current: Case | null
  currentError: ApiError | null
}

export interface Cases {
  state: CasesState
  loadList(filter: CaseFilter): Promise<void>
  open(number: string): Promise<void>
  /** Ask for a change of state; a refusal is thrown, after what is shown has been brought up to date. */
  transition(to: CaseState, note: string): Promise<void>
}

export function createCases({ desk }: { desk: Desk }): Cases {
  const state = reactive<CasesState>({ list: null, listError: null, current: null, currentError: null })
  let listAsked = 0

  async function loadList(filter: CaseFilter): Promise<void> {
    const asked = ++listAsked
    state.listError = null
    try {
      const list = await desk.cases(filter)
      // A slow answer to an older filter must not replace the newer one's.
      if (asked === listAsked) state.list = list
    } catch (error) {
      if (asked === listAsked) state.listError = caught(error)
    }
  }

  async function open(number: string): Promise<void> {
    if (state.current?.number !== number) state.current = null
    state.currentError = null
    try {
      state.current = await desk.case(number)
    } catch (error) {
      state.currentError = caught(error)
    }
  }

  async function transition(to: CaseState, note: string): Promise<void> {
    const number = state.current?.number
    if (!number) return
    try {
      state.current = await desk.transition(number, to, note)
    } catch (error) {
      if (caught(error).code === 'illegal_transition') await open(number)
      throw error
    }
  }

  return { state, loadList, open, transition }
}

function caught(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
