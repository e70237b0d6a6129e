/** The list of cases and the one being looked at. */
import { reactive } from 'vue'
import type { CaseFilter, Desk, Transition } from '@/api/desk'
import { ApiError } from '@/api/error'
import type { Case, CaseSummary } from '@/api/types'
import { inOrder } from '@/logic/order'

export interface CasesState {
  list: CaseSummary[] | null
  listError: ApiError | null
  current: Case | null
  currentError: ApiError | null
}

export interface Cases {
  state: CasesState
  loadList(filter: CaseFilter): Promise<void>
  closeList(): void
  open(number: string): Promise<void>
  close(): void
  /** Look again at what is on the screen; a failure leaves it as it is. */
  refresh(numbers?: string[]): Promise<void>
  /** Ask for a change of state; a refusal is thrown, after what is shown has been brought up to date. */
  transition(wish: Transition): Promise<void>
}

/** The desk lists so many at most, the newest. */
export const LIST_LIMIT = 200

export function createCases({ desk }: { desk: Desk }): Cases {
  const state = reactive<CasesState>({ list: null, listError: null, current: null, currentError: null })
  // What is on the screen now: answers about anything else come too late.
  let shownFilter: CaseFilter | null = null
  let shownNumber: string | null = null
  const askList = inOrder()
  const askCurrent = inOrder()

  async function loadList(filter: CaseFilter): Promise<void> {
    shownFilter = filter
    state.listError = null
    try {
      await fetchList(filter)
    } catch (error) {
      if (filter === shownFilter) state.listError = caught(error)
    }
  }

  async function fetchList(filter: CaseFilter): Promise<void> {
    const isNews = askList()
    const list = await desk.cases(filter)
    if (filter === shownFilter && isNews()) state.list = list
  }

  async function open(number: string): Promise<void> {
    if (state.current?.number !== number) state.current = null
    shownNumber = number
    state.currentError = null
    try {
      await fetchCurrent(number)
    } catch (error) {
      if (number === shownNumber) state.currentError = caught(error)
    }
  }

  async function fetchCurrent(number: string): Promise<void> {
    await takeCurrent(number, desk.case(number))
  }

  async function takeCurrent(number: string, answer: Promise<Case>): Promise<void> {
    const isNews = askCurrent()
    const item = await answer
    if (number === shownNumber && isNews()) state.current = item
  }

  async function refresh(numbers?: string[]): Promise<void> {
    const number = shownNumber
    const isMeant = number && state.current && (numbers?.includes(number) ?? true)
    await Promise.all([
      isMeant && fetchCurrent(number).catch(caught),
      shownFilter && state.list && fetchList(shownFilter).catch(caught),
    ])
  }

  async function transition(wish: Transition): Promise<void> {
    const number = state.current?.number
    if (!number) return
    try {
      await takeCurrent(number, desk.transition(number, wish))
    } catch (error) {
      if (caught(error).code === 'illegal_transition') await open(number)
      throw error
    }
  }

  return {
    state, loadList, open, refresh, transition,
    closeList: () => void (shownFilter = null),
    close: () => void (shownNumber = null),
  }
}

function caught(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
