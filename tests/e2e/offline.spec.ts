// Without a connection the pages open on what this device has seen last, and book nothing.
import type { Page } from '@playwright/test';
import { place } from './support/board.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = (await (await caches.open('placette-last-known')).keys()).map(({ url }) => url);
    return names.some((name) => name.includes('board-')) && names.some((name) => name.includes('session'));
  });

test('opens on the last board with its age, refuses to book, and goes on when the server is back', async ({
  town,
  visit,
}) => {
  test.slow();
  const slot = { facility: lucioles, date: town.day(1), period: 'matin', section: 'Moyens' } as const;
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 3);
  const page = await visit({ account: 'worker@demo' });
  await expect(place(page, slot)).toHaveAccessibleName(/ : 3\splaces/);
  await expect.poll(() => kept(page), { timeout: 30_000 }).toBe(true);

  await town.kill();
  await page.reload();
  await expect(place(page, slot)).toHaveAccessibleName(/ : 3\splaces/, { timeout: 30_000 });
  await expect(page.getByRole('alert')).toHaveText(/^Hors connexion\s: tableau de\s\d+\sh.*, en lecture seule\.$/);
  await expect(place(page, slot)).toBeDisabled();

  await town.restart();
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 5);
  await expect(place(page, slot)).toHaveAccessibleName(/ : 5\splaces/, { timeout: 40_000 });
  await expect(page.getByText('En direct')).toBeVisible();

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByLabel('Identifiant')).toBeVisible();
  expect(await page.evaluate(() => caches.has('placette-last-known'))).toBe(false);
});

test('can be installed', async ({ town, visit }) => {
  const page = await visit();
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(`${town.url}${href}`)).json();
  expect(manifest).toMatchObject({ name: 'Placette', display: 'standalone', start_url: '/' });
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(`${town.url}${src}`);
    expect([src, icon.status(), icon.headers()['content-type']]).toEqual([src, 200, type]);
  }
});
