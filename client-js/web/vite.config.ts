import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { namedBreakpoints } from './scripts/breakpoints';
import { referenceData } from './scripts/reference-data';

const server = process.env.PLACETTE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), referenceData()],
  resolve: {
    alias: { '@placette/client': fileURLToPath(new URL('../sdk/src/index.ts', import.meta.url)) },
  },
  css: { postcss: { plugins: [namedBreakpoints] } },
  build: {
    target: 'es2022',
    // The content security policy allows no data: URL, so nothing may be inlined.
    assetsInlineLimit: 0,
    // The communes of France are one, fetched by who needs them.
    chunkSizeWarningLimit: 1100,
  },
  server: {
    proxy: {
      '/session': server,
      '/rpc': server,
      '/boards': server,
      '/ws': { target: server, ws: true },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
