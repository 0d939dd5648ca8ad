// Enlarged four times, and in forced colours: nothing is cut off or lost.
import type { Page } from '@playwright/test';
import { askFor } from './support/board.js';
import { booked } from './support/booked.js';
import { openPlaces } from './support/house.js';
import { expect, test } from './support/test.js';

/** What sticks out of the window at its side, told by its words. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
  });

const small = { width: 320, height: 256 };

test('nothing sticks out of a window of 320 × 256', async ({ town, visit }) => {
  await booked(town, town.day(0), 'G-1');
  const worker = await visit({ account: 'worker@demo', size: 'phone' });
  await worker.setViewportSize(small);
  await askFor(worker);
  await worker.getByRole('button', { name: 'Demain matin' }).click();
  expect(await outside(worker)).toEqual([]);
  await worker.getByRole('button', { name: 'Voir les places' }).click();
  expect(await outside(worker)).toEqual([]);
  await worker.getByRole('button', { name: 'Retenir 5 min' }).click();
  await expect(worker.getByLabel('Référence du dossier')).toBeFocused();
  await expect(worker.getByLabel('Référence du dossier')).toBeInViewport();
  expect(await outside(worker)).toEqual([]);
  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await manager.setViewportSize(small);
  await expect(openPlaces(manager, 'Moyens')).toBeVisible();
  expect(await outside(manager)).toEqual([]);
  const stranger = await visit({ size: 'phone' });
  await stranger.setViewportSize(small);
  await expect(stranger.getByLabel('Identifiant')).toBeVisible();
  expect(await outside(stranger)).toEqual([]);
});

test('forced colours leave the place one is at, and what has changed', async ({ visit }) => {
  const page = await visit({ account: 'manager@demo' });
  await page.emulateMedia({ forcedColors: 'active' });
  const edge = (name: string) =>
    page.getByRole('link', { name, exact: true }).evaluate((link) => getComputedStyle(link).borderBottomColor);
  expect(await edge('Aujourd’hui')).not.toBe(await edge('Tableau'));
});
