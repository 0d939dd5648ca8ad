// Enlarged four times, with the spacing that a reader may ask for, with long names and many lines: nothing is cut off.
import type { Page } from '@playwright/test';
import { askFor } from './support/board.js';
import { booked } from './support/booked.js';
import { openPlaces } from './support/house.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';

const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }`;

/** What sticks out of the window at its side, told by its words. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
  });

const readers: [string, (page: Page) => Promise<unknown>][] = [
  ['320 × 256', (page) => page.setViewportSize({ width: 320, height: 256 })],
  ['the spacing of WCAG 1.4.12', (page) => page.addStyleTag({ content: spacing })],
];

for (const [name, read] of readers) {
  test(`nothing sticks out with ${name}`, async ({ town, visit }) => {
    await booked(town, town.day(0), 'G-1');
    const worker = await visit({ account: 'worker@demo', size: 'phone' });
    await read(worker);
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
    await read(manager);
    await expect(openPlaces(manager, 'Moyens')).toBeVisible();
    expect(await outside(manager)).toEqual([]);
    const stranger = await visit({ size: 'phone' });
    await read(stranger);
    await expect(stranger.getByLabel('Identifiant')).toBeVisible();
    expect(await outside(stranger)).toEqual([]);
  });
}

const sizes: Size[] = ['phone', 'desk'];

for (const size of sizes) {
  test(`a name of 150 letters, a reference of 64, many arrivals (${size})`, async ({ town, visit }) => {
    const administrator = await town.colleague('admin@demo');
    const { facilities } = await administrator.ask('facility.list', {});
    const facility = facilities.find(({ id }: { id: string }) => id === lucioles.id);
    await administrator.call('facility.upsert', {
      territory: '200000925',
      facility: { ...facility, name: 'Pimprenelle'.repeat(14).slice(0, 150) },
    });
    await administrator.leave();
    await town.setOpen(lucioles.id, town.day(1), 'matin', 'moyens', 20);
    for (let number = 0; number < 12; number++) await booked(town, town.day(1), `${'R'.repeat(60)}-${number}`);

    const worker = await visit({ account: 'worker@demo', size });
    await expect(worker.getByText(/^Dossier R+/).first()).toBeVisible();
    expect(await outside(worker)).toEqual([]);
    const manager = await visit({ account: 'manager@demo', size });
    await expect(manager.getByRole('button', { name: 'C’est noté' })).toHaveCount(6);
    expect(await outside(manager)).toEqual([]);
    await manager.getByRole('button', { name: /^Voir les 6\sautres$/ }).click();
    await expect(manager.getByRole('button', { name: 'C’est noté' })).toHaveCount(12);
  });
}

test('what a finger is to meet on a phone is 44 pixels at least', async ({ town, visit }) => {
  await booked(town, town.day(0), 'G-1');
  const small = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, select, input:not([type=checkbox]), label.checkbox, summary, nav a')]
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(
          ({ element, box }) => box.width > 1 && element.checkVisibility() && (box.height < 43.5 || box.width < 43.5),
        )
        .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
    );
  const worker = await visit({ account: 'worker@demo', size: 'phone' });
  await askFor(worker);
  await expect(worker.getByText(/^Dossier G-1/)).toBeVisible();
  expect(await small(worker)).toEqual([]);
  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(manager.getByText('Lina')).toBeVisible();
  expect(await small(manager)).toEqual([]);
});

test('forced colours leave the place one is at, and what has changed', async ({ visit }) => {
  const page = await visit({ account: 'manager@demo' });
  await page.emulateMedia({ forcedColors: 'active' });
  const edge = (name: string) =>
    page.getByRole('link', { name, exact: true }).evaluate((link) => getComputedStyle(link).borderBottomColor);
  expect(await edge('Ma structure')).not.toBe(await edge('Tableau'));
});
