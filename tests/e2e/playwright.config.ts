import { defineConfig } from '@playwright/test';

/** Debian's Chromium, or another one. */
const chromium = process.env.PLACETTE_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testMatch: '*.spec.ts',
  // One at a time: each test has a server, a Redis and some browsers of its own, on two cores.
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'fr-FR',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
