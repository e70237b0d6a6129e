/** Puts the parts together once, and hands them to components by injection. */
import { inject, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import { createDesk, type Desk } from './api/desk'
import { createHttp, type Http } from './api/http'
import { createLive } from './api/live'
import { createAlerts, type Alerts } from './alerts'
import { openConsole, type Console } from './stores/console'
import { createPrefs, type Prefs } from './stores/prefs'
import { createSession, type Session } from './stores/session'
import { locale } from './words'

export interface ConsoleApp {
  desk: Desk
  http: Http
  prefs: Prefs
  alerts: Alerts
  session: Session
  /** The working session; null while nobody is signed in. */
  work: ShallowRef<Console | null>
}

export const app: InjectionKey<ConsoleApp> = Symbol('console')

export function createConsoleApp(): ConsoleApp {
  const prefs = createPrefs(localStorage)
  watch(() => prefs.locale, (chosen) => (locale.value = chosen), { immediate: true })
  const http = createHttp({
    fetch: window.fetch.bind(window),
    locale: () => locale.value,
    onSignedOut: () => session.expire(),
  })
  const desk = createDesk(http)
  const session: Session = createSession({ desk })
  const alerts = createAlerts(prefs)
  const work = shallowRef<Console | null>(null)

  watch(
    () => session.state.agent?.id,
    () => {
      work.value?.close()
      const agent = session.state.agent
      work.value = agent && openConsole(agent, { desk, live: createLive(), storage: localStorage, events: alerts })
    },
    { flush: 'sync' },
  )
  return { desk, http, prefs, alerts, session, work }
}

export function useApp(): ConsoleApp {
  return inject(app)!
}

/** The stores of the signed-in agent; only for what is drawn behind the sign-in. */
export function useWork(): Console {
  const work = useApp().work.value
  if (!work) throw new Error('nobody is signed in')
  return work
}
