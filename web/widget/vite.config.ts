import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Parses .ftl files at build time, so that no parser is sent to the user's phone. */
function fluent(): Plugin {
  return {
    name: "fluent",
    transform(source, id) {
      if (!id.endsWith(".ftl")) return null;
      return { code: `export default ${JSON.stringify(new FluentResource(source).body)}`, map: null };
    },
  };
}

export default defineConfig({
  plugins: [fluent()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // The element serves old phones too; browsers of the last five years run this.
  build: {
    target: "es2020",
    outDir: "../../var/web/widget",
    emptyOutDir: true,
    lib: { entry: "src/element.tsx", formats: ["iife"], name: "KefuWidget", fileName: () => "widget.js" },
  },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
