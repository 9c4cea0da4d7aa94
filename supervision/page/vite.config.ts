import { defineConfig } from "vite";

// Three files of fixed names: the service holds them in memory.
export default defineConfig({
  build: {
    outDir: "../src/main/resources/dev/continuo/supervision/web/page",
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      output: {
        entryFileNames: "page.js",
        assetFileNames: "page[extname]",
      },
    },
  },
  // While the page is being worked on: everything but the page comes from a service that runs.
  server: { proxy: { "/api": { target: "http://127.0.0.1:8460", changeOrigin: true } } },
});
