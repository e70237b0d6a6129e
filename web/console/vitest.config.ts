import { defineConfig, mergeConfig } from 'vitest/config'
import vite from './vite.config.ts'

export default mergeConfig(
  vite,
  // Only the component tests ask for a document; the rest is plain logic.
  defineConfig({ test: { include: ['test/**/*.test.ts'], pool: 'threads', maxWorkers: 1, isolate: false } }),
)
