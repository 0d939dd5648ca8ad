// After a button that goes away the reader is somewhere; a second tap meets nothing else; the foot is on every page.
import type { Page } from '@playwright/test';
import { askFor, hold, panel } from './support/board.js';
import { booked } from './support/booked.js';
import { arrivals, minus } from './support/house.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';

const isSomewhere = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toMatch(/BODY|HTML/);

const sizes: Size[] = ['phone', 'desk'];

test('a service: figer, libérer, annuler, garder', async ({ town, visit }) => {
  await booked(town, town.day(1), 'G-1');
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await page.getByRole('button', { name: 'Figer le tableau' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Reprendre' })).toBeFocused();
  await page.getByRole('button', { name: 'Reprendre' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Figer le tableau' })).toBeFocused();

  const cancel = page.getByRole('button', { name: 'Annuler la réservation…' });
  await cancel.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'La famille a prévenu' })).toBeFocused();
  await page.getByRole('button', { name: 'Garder la réservation' }).press('Enter');
  await expect(cancel).toBeFocused();
  await cancel.press('Enter');
  await page.getByRole('button', { name: 'Erreur' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Nos réservations' })).toBeFocused();

  await hold(page, { facility: lucioles, date: town.day(2), period: 'matin' });
  await page.getByRole('button', { name: /^Garder 5\smin de plus$/ }).press('Enter');
  await isSomewhere(page);
  await page.getByRole('button', { name: 'Libérer la place' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Retenir une place' })).toBeFocused();
});

test('a structure: la famille a prévenu, laisser ainsi', async ({ town, visit }) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 1);
  await booked(town, today, 'G-1');
  const page = await visit({ account: 'manager@demo' });
  await minus(page, 'Moyens', 'matin', today).press('Enter');
  await page.getByRole('button', { name: 'Laisser ainsi' }).press('Enter');
  await isSomewhere(page);
  await page.getByRole('button', { name: 'La famille a prévenu' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Enfant malade' })).toBeFocused();
  await page.getByRole('button', { name: 'Enfant malade' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Arrivées' })).toBeFocused();
});

test('two quick taps note one arrival', async ({ town, visit }) => {
  for (const day of [0, 1, 2]) await booked(town, town.day(day), `G-${day}`);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(arrivals(page)).toContainText(/3\snouvelles réservations/);
  const box = (await page.getByRole('button', { name: 'C’est noté' }).first().boundingBox())!;
  for (let taps = 0; taps < 2; taps++) await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  // The line that was noted goes when the hands are still: then all that the taps did is done.
  await expect(arrivals(page).getByText('Noté', { exact: true })).toBeVisible();
  await expect(arrivals(page).getByText('Noté', { exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: 'C’est noté' })).toHaveCount(2);
  const colleague = await town.colleague('manager@demo');
  const { bookings } = await colleague.ask('booking.list', { facility: lucioles.id });
  expect(bookings.filter(({ seenAt }: { seenAt: string | null }) => seenAt !== null)).toHaveLength(1);
  await colleague.leave();
});

test('on a phone what is said is said in the sheet that is open', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo', size: 'phone' });
  await askFor(page);
  await page.getByRole('button', { name: 'Demain matin' }).tap();
  await page.getByRole('button', { name: 'Voir les places' }).tap();
  await page.getByRole('button', { name: 'Retenir 5 min' }).tap();
  const sheet = page.getByRole('dialog', { name: 'Place retenue' });
  await expect(sheet.getByText(/^Place retenue pour 5\sminutes\.$/)).toBeAttached();
  await page.getByRole('button', { name: 'Libérer la place' }).tap();
  await expect(panel(page, 'Place retenue')).toBeHidden();
  await isSomewhere(page);
});

for (const size of sizes) {
  test(`the foot leads to the texts, signed in or not (${size})`, async ({ visit }) => {
    for (const account of [undefined, 'worker@demo'] as const) {
      const page = await visit({ account, size });
      const foot = page.getByRole('contentinfo');
      if (account) await expect(foot).toContainText(/Compte\s: /);
      for (const name of ['Accessibilité', 'Mentions légales', 'Données personnelles', 'Aide']) {
        await foot.getByRole('link', { name }).click();
        await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
        await expect(page.getByRole('main')).toContainText('À compléter par la collectivité');
        await expect(page).toHaveTitle(`${name} · Placette`);
      }
    }
  });
}

test('a page that is not for this account says so', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo', path: '/structure' });
  await expect(page.getByRole('heading', { name: 'Cette page n’est pas pour votre compte' })).toBeVisible();
  await page.getByRole('link', { name: 'Revenir à l’accueil' }).click();
  await expect(page).toHaveURL(/\/tableau$/);
});
