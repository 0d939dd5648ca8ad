// Words stand out from what is behind them (4.5 to 1), at rest and under the pointer, on what cannot be pressed now too.
import type { Page } from '@playwright/test';
import { booked } from './support/booked.js';
import { faint, pressAll } from './support/measure.js';
import { expect, type Size, test } from './support/test.js';
import { strangerPaths, walkBoard, walkHouse } from './support/walks.js';

const sizes: Size[] = ['phone', 'desk'];

async function expectStrong(page: Page): Promise<void> {
  expect.soft(await faint(page), `${page.url()}, at rest`).toEqual([]);
  const release = await pressAll(page);
  expect.soft(await faint(page), `${page.url()}, pressed`).toEqual([]);
  await release();
}

for (const size of sizes) {
  test(`words can be read in each state of a control (${size})`, async ({ town, visit }) => {
    await booked(town, town.day(0), 'G-1');
    await walkBoard(await visit({ account: 'worker@demo', size }), town, expectStrong);
    await walkHouse(await visit({ account: 'manager@demo', size }), town, expectStrong);
    const stranger = await visit({ size });
    for (const path of strangerPaths) {
      await stranger.goto(path);
      await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
      await expectStrong(stranger);
    }
  });
}
