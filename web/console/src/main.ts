import { createApp } from 'vue'
import App from './App.vue'
import { app as keys, createConsoleApp } from './app'
import { createConsoleRouter } from './router'
import './styles'

const consoleApp = createConsoleApp()
const router = createConsoleRouter(consoleApp.session)
createApp(App).provide(keys, consoleApp).use(router).mount('#app')
