import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { Town, type TownOptions } from './town.js';

export { expect };

export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;

export type Size = keyof typeof sizes;

export interface Visit {
  account?: 'manager@demo' | 'worker@demo' | 'coordinator@demo';
  size?: Size;
  path?: string;
  /** Where the browser finds the server, if not at its own address. */
  url?: string;
  /** Done with the page before it goes anywhere. */
  before?: (page: Page) => Promise<void>;
}

interface Fixtures extends TownOptions {
  /** A server of this test alone. */
  town: Town;
  /** A page in a browser context of its own, signed in if an account is named. */
  visit: (visit?: Visit) => Promise<Page>;
}

// A lost connection is the browser's to report; anything else on its console is a fault of the pages.
const lostConnection = /WebSocket connection to|net::ERR_|Failed to load resource/;

export const test = base.extend<Fixtures>({
  openEveryDay: [true, { option: true }],
  holdSeconds: [300, { option: true }],
  land: ['usual', { option: true }],

  town: async ({ openEveryDay, holdSeconds, land }, use) => {
    const town = await Town.start({ openEveryDay, holdSeconds, land });
    await use(town);
    await town.remove();
  },

  visit: async ({ browser, town }, use) => {
    const contexts: BrowserContext[] = [];
    const faults: string[] = [];
    await use(async ({ account, size = 'desk', path = '/', url = town.url, before } = {}) => {
      const context = await browser.newContext({ ...sizes[size], baseURL: url });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !lostConnection.test(message.text())) faults.push(message.text());
      });
      if (account) {
        const answer = await context.request.post('/session', {
          headers: { origin: url },
          data: { account, password: 'demo' },
        });
        expect(answer.ok(), `sign-in of ${account}`).toBe(true);
      }
      await before?.(page);
      await page.goto(path);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(faults, 'errors of the pages').toEqual([]);
  },
});
