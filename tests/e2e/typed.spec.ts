// What hurried hands type: it is understood, or said to be wrong and kept; nothing is held with half of it.
import type { Page } from '@playwright/test';
import { askFor, fillForm, hold, offers, panel, place, retain } from './support/board.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, type Town } from './support/town.js';

const morning = (town: Town) => ({ facility: lucioles, date: town.day(1), period: 'matin' }) as const;
const age = (page: Page) => page.getByLabel('Âge (mois)');
const commune = (page: Page) => page.getByLabel('Commune');

test('an age in words is the age in months, and is shown to be', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo' });
  for (const [typed, months] of [
    ['1 an et demi', 18],
    ['2ans', 24],
    ['20 mois', 20],
  ] as const) {
    await age(page).fill(typed);
    const there = months - 20 + town.monthsOn(town.day(1));
    await expect(place(page, morning(town))).toHaveAccessibleName(new RegExp(`à ${there}\\smois`));
    await age(page).blur();
    await expect(age(page)).toHaveValue(typed);
  }
  await age(page).fill('1 an et demi');
  await age(page).blur();
  await expect(age(page)).toHaveAccessibleDescription(/^1 an et demi, soit 18\smois$/);
});

test('an age that can mean two things is asked about, and holds nothing', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await age(page).fill('1,5');
  await age(page).blur();
  await expect(age(page)).toHaveAccessibleDescription(/mois ou années/);
  await expect(age(page)).toHaveValue('1,5');
  const ofMoyens = page.getByRole('row', { name: /^Moyens/ }).getByRole('button', { name: /: \d+\splaces?/ });
  await ofMoyens.first().click();
  await expect(age(page)).toBeFocused();
  await expect(panel(page, 'Place retenue')).toBeHidden();
});

test('a commune that is not chosen stays as it was typed, and holds nothing', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await commune(page).fill('lon');
  await page.keyboard.press('Tab');
  await expect(commune(page)).toHaveValue('lon');
  await expect(commune(page)).toHaveAccessibleDescription(/Choisissez la commune dans la liste : Longchamp, /);
  await place(page, morning(town)).click();
  await expect(commune(page)).toBeFocused();
  await expect(panel(page, 'Place retenue')).toBeHidden();

  await commune(page).fill('longch');
  await page.keyboard.press('Tab');
  await expect(commune(page)).toHaveValue('Longchamp');
});

test('a commune elsewhere is found by name, and is what is recorded', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await commune(page).fill('tart le haut');
  await page.getByRole('option', { name: 'Tart (Tart-le-Haut)' }).click();
  await expect(commune(page)).toHaveValue('Tart');

  await commune(page).fill('st apollinaire');
  await page.getByRole('option', { name: 'Saint-Apollinaire (21)' }).click();
  await expect(commune(page)).toHaveValue('Saint-Apollinaire');
  await expect(commune(page)).toHaveAccessibleDescription('Hors du territoire : sans distances.');

  await hold(page, morning(town));
  await expect(panel(page, 'Place retenue')).toBeVisible();
  await fillForm(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(panel(page, 'Confirmé')).toBeVisible();
  const worker = await town.colleague('worker@demo');
  const { bookings } = await worker.ask('booking.list', {});
  expect(bookings).toEqual([expect.objectContaining({ commune: '21540' })]);
  await worker.leave();
});

test('hours that are none, or of another half-day, hold nothing', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo' });
  const [arrive, leave] = [page.getByLabel('De', { exact: true }), page.getByLabel('À', { exact: true })];
  await askFor(page);
  await arrive.fill('25h');
  await page.keyboard.press('Tab');
  await expect(arrive).toHaveValue('25h');
  await expect(arrive).toHaveAccessibleDescription(/n’est pas une heure/);
  await expect(place(page, morning(town))).toHaveAccessibleName(offers(2));
  await place(page, morning(town)).click();
  await expect(arrive).toBeFocused();

  await arrive.fill('11h');
  await leave.fill('9h');
  await place(page, morning(town)).click();
  await expect(leave).toBeFocused();
  await expect(leave).toHaveAccessibleDescription('Le départ est avant l’arrivée.');

  await arrive.fill('7h');
  await hold(page, morning(town));
  await expect(arrive).toHaveAccessibleDescription(/hors du créneau \(Matin : 8\sh–12\sh\s30\)/);
  await expect(panel(page, 'Place retenue')).toBeHidden();

  await arrive.fill('8H15');
  await retain(page).click();
  await expect(panel(page, 'Place retenue')).toContainText(/8\sh\s15–9\sh/);
});

const sizes: Size[] = ['phone', 'desk'];

for (const size of sizes) {
  test(`a telephone number from abroad is kept, half a one is not passed on (${size})`, async ({ visit }) => {
    const page = await visit({ account: 'worker@demo', size });
    await askFor(page);
    await page.getByRole('button', { name: 'Demain matin' }).click();
    if (size === 'phone') await page.getByRole('button', { name: 'Voir les places' }).click();
    await page.getByRole('button', { name: 'Retenir 5 min' }).click();
    await fillForm(page);
    const number = page.getByLabel('Tél. du parent');
    await number.fill('03 53 01 00');
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(number).toBeFocused();
    await expect(number).toHaveAccessibleDescription(/incomplet ou inconnu/);
    await expect(number).toHaveValue('03 53 01 00');
    await number.fill('+32 2 123 45 67');
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(panel(page, 'Confirmé')).toBeVisible();

    const manager = await visit({ account: 'manager@demo', size });
    await manager.getByRole('button', { name: /^Demain/ }).click();
    await expect(manager.getByRole('link', { name: /^\+32\s2\s123\s45\s67$/ })).toHaveAttribute(
      'href',
      'tel:+3221234567',
    );
  });
}
