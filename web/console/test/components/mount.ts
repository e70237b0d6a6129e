import { createApp, shallowRef, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { app, type ConsoleApp } from '@/app'
import { openConsole, type Console } from '@/stores/console'
import { FakeDesk, FakeLive, FakeStorage, lin } from '../fakes'

const routes = [
  { path: '/cases/:number', name: 'case', component: {} },
  { path: '/:rest(.*)*', name: 'elsewhere', component: {} },
]

/** A component in a page, with a signed-in agent over fakes. */
export function mount(component: Component, props: Record<string, unknown>, work: Console = openWork()) {
  const host = document.body.appendChild(document.createElement('div'))
  const page = createApp(component, props)
  const router = createRouter({ history: createMemoryHistory(), routes })
  const keys = { work: shallowRef(work), http: { clockSkew: 0 } } as unknown as ConsoleApp
  page.provide(app, keys).use(router).mount(host)
  return { host, work, unmount: () => (page.unmount(), host.remove()) }
}

export function openWork(desk = new FakeDesk()): Console {
  const events = { onArrived: () => undefined, onUserMessage: () => undefined }
  const work = openConsole(lin, { desk, live: new FakeLive(), storage: new FakeStorage(), events })
  work.close()
  return work
}
