import { watch } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'
import type { Role } from './api/types'
import { ROOMS, roomsFor, safeReturn } from './logic/rooms'
import type { Session } from './stores/session'
import CaseView from './views/CaseView.vue'
import CasesView from './views/CasesView.vue'
import NoRoomView from './views/NoRoomView.vue'
import NowhereView from './views/NowhereView.vue'
import SignInView from './views/SignInView.vue'
import WorkspaceView from './views/WorkspaceView.vue'

declare module 'vue-router' {
  interface RouteMeta {
    open?: boolean
    roles?: readonly Role[]
  }
}

const rolesOf = (route: string) => ({ roles: ROOMS.find((room) => room.route === route)!.roles })

export function createConsoleRouter(session: Session): Router {
  const router = createRouter({
    history: createWebHistory('/console/'),
    // All views come with the first load: one fetched later could be gone after the desk was updated,
    // or out of reach while the line is down, just when an agent needs it.
    routes: [
      { path: '/sign-in', name: 'sign-in', component: SignInView, meta: { open: true } },
      // Never drawn: where home is depends on the role, which only the guard below knows for sure.
      { path: '/', name: 'home', component: { render: () => null } },
      {
        path: '/conversations/:id?',
        name: 'conversations',
        component: WorkspaceView,
        meta: rolesOf('conversations'),
      },
      { path: '/cases', name: 'cases', component: CasesView, meta: rolesOf('cases') },
      {
        path: '/cases/:number',
        name: 'case',
        component: CaseView,
        meta: rolesOf('cases'),
      },
      { path: '/no-room', name: 'no-room', component: NoRoomView },
      { path: '/:rest(.*)*', name: 'nowhere', component: NowhereView },
    ],
  })

  router.beforeEach(async (to) => {
    // An unreachable desk is not a lost session: the sign-in page says what is wrong.
    if (session.state.status === 'unknown') await session.load().catch(() => undefined)
    const { agent } = session.state
    if (!agent) return to.meta.open ? true : { name: 'sign-in', query: { return: to.fullPath } }
    if (to.name === 'sign-in') return safeReturn(to.query.return)
    if (to.name === 'home') return home(agent.role)
    if (to.meta.roles && !to.meta.roles.includes(agent.role)) return { name: 'no-room' }
    return true
  })

  watch(
    () => session.state.status,
    (status) => {
      const at = router.currentRoute.value
      if (status === 'in' && at.name === 'sign-in') void router.replace(safeReturn(at.query.return))
      if (status !== 'out' || at.meta.open) return
      const query = session.state.expired ? { return: at.fullPath } : {}
      void router.replace({ name: 'sign-in', query })
    },
    { flush: 'sync' },
  )
  return router
}

function home(role: Role) {
  return { name: roomsFor(role)[0]?.route ?? 'no-room' }
}
