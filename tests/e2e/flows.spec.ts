// The two flows that decide whether anybody uses it, by hand, with what they cost.
import type { Page } from '@playwright/test';
import { askFor, dayOfStrip, file, fillForm, offers, panel, place, retain } from './support/board.js';
import { booked } from './support/booked.js';
import { Hand } from './support/hand.js';
import { arrivals, plus } from './support/house.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';
import { weekday } from './support/words.js';

const sizes: Size[] = ['phone', 'desk'];

for (const size of sizes) {
  test(`the directrice's morning takes seven taps (${size})`, async ({ town, visit }) => {
    const [today, tomorrow] = [town.day(0), town.day(1)];
    await booked(town, today, 'G-1');
    await town.setOpen(lucioles.id, today, 'matin', 'moyens', 1);
    const page = await visit({ account: 'manager@demo', size });
    const hand = new Hand(page, size === 'phone');

    await test.step('one arrival is waiting', async () => {
      await expect(arrivals(page)).toContainText('1 nouvelle réservation');
      await hand.tap(page.getByRole('button', { name: 'C’est noté' }));
      await expect(arrivals(page)).toBeHidden();
    });

    await test.step('a child is ill until the day after tomorrow', async () => {
      await hand.tap(plus(page, 'Moyens', 'matin', today));
      await expect(page.getByText(/^1\splace ouverte$/)).toBeVisible();
      await hand.tap(page.getByRole('button', { name: 'Jusqu’à…' }));
      await hand.tap(page.getByRole('button', { name: weekday(town.day(2)), exact: true }));
      await expect(page.getByText(/^6\splaces ouvertes$/)).toBeVisible();
    });

    await test.step('all is up to date', async () => {
      await hand.tap(page.getByRole('button', { name: /^Tout est à jour/ }));
      await expect(page.getByText(/^Tout est à jour\s: \d+\snombres de places confirmés, /)).toBeAttached();
    });

    await test.step('a new arrival', async () => {
      await booked(town, tomorrow, 'G-2');
      await expect(arrivals(page)).toContainText(
        new RegExp(`${town.monthsOn(tomorrow)}\\smois · première venue · 8\\sh\\s15–11\\sh\\s45 · sans repas`),
      );
      await hand.tap(page.getByRole('button', { name: 'C’est noté' }));
      await expect(arrivals(page)).toBeHidden();
    });

    await test.step('at half past eight the child is there', async () => {
      const arrived = page.getByRole('button', { name: 'Arrivé', exact: true });
      await hand.tap(arrived);
      await expect(arrived).toHaveAttribute('aria-pressed', 'true');
      await expect(page.getByText(/\s: arrivé\./)).toBeAttached();
    });

    expect(hand).toMatchObject({ taps: 7, keys: 0 });
  });
}

test('a parent at the desk, with a keyboard and a mouse', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo' });
  const hand = new Hand(page, false);
  await countPrints(page);

  await expect(page.getByLabel('Âge (mois)')).toBeFocused();
  await hand.type('20');
  await hand.press('Tab');
  await hand.type('lon');
  await expect(page.getByRole('option', { name: 'Longchamp' })).toBeVisible();
  await hand.press('Enter');
  expect(hand, 'age and commune').toMatchObject({ taps: 0, keys: 7 });

  await hand.tap(page.getByRole('button', { name: 'Demain matin' }));
  await hand.tap(page.getByLabel('De', { exact: true }));
  await hand.type('815');
  await hand.press('Tab');
  await hand.type('1145');
  await hand.tap(page.getByRole('button', { name: 'Non', exact: true }));
  await expect(page.getByText(/Les Lucioles, Genlis · \d+\skm · 2\splaces · réservation immédiate/)).toBeVisible();
  await hand.tap(page.getByRole('button', { name: 'Retenir 5 min' }));
  expect(hand, 'to the hold').toMatchObject({ taps: 4, keys: 15 });

  await expect(page.getByLabel('Référence du dossier')).toBeFocused();
  await hand.type(file.caseRef);
  await hand.press('Tab');
  await hand.type('E');
  await expect(page.getByLabel('Motif')).toHaveValue('job_interview');
  await hand.press('Tab');
  await hand.type(file.firstNames);
  await hand.press('Tab');
  await hand.type('0353010999');
  await hand.press('Tab');
  await hand.press('Space');
  await hand.press('Enter');
  await expect(panel(page, 'Confirmé')).toContainText(/8\sh\s15–11\sh\s45/);
  expect(hand, 'to the booking').toMatchObject({ taps: 4, keys: 42 });

  await hand.tap(page.getByRole('link', { name: 'Imprimer la fiche pour le parent' }));
  await hand.tap(page.getByRole('button', { name: 'Imprimer' }));
  expect(await printsOf(page)).toBe(1);
  expect(hand, 'to the slip').toMatchObject({ taps: 6 });
});

test('a parent at the desk, on a phone', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo', size: 'phone' });
  const hand = new Hand(page, true);
  await countPrints(page);

  await expect(page.getByLabel('Âge (mois)')).toBeFocused();
  await hand.type('20');
  await hand.tap(page.getByLabel('Commune'));
  await hand.type('lon');
  await hand.tap(page.getByRole('option', { name: 'Longchamp' }));
  await hand.tap(page.getByRole('button', { name: 'Demain matin' }));
  await hand.tap(page.getByLabel('De', { exact: true }));
  await hand.type('815');
  await hand.tap(page.getByLabel('À', { exact: true }));
  await hand.type('1145');
  await hand.tap(page.getByRole('button', { name: 'Non', exact: true }));
  await hand.tap(page.getByRole('button', { name: 'Voir les places' }));
  await expect(page.getByRole('button', { name: /^20\smois · Longchamp · demain matin · 8\sh\s15/ })).toBeVisible();
  const slot = { facility: lucioles, date: town.day(1), period: 'matin' } as const;
  await expect(place(page, slot)).toHaveAccessibleName(offers(2));
  await hand.tap(page.getByRole('button', { name: 'Retenir 5 min' }));
  expect(hand, 'to the hold').toMatchObject({ taps: 8 });

  await expect(page.getByLabel('Référence du dossier')).toBeFocused();
  await hand.type(file.caseRef);
  await hand.choose(page.getByLabel('Motif'), file.purpose);
  await hand.tap(page.getByLabel('Prénom de l’enfant'));
  await hand.type(file.firstNames);
  await hand.tap(page.getByLabel('Tél. du parent'));
  await hand.type('0353010999');
  await hand.tap(page.getByLabel('Le parent est d’accord'));
  await hand.tap(page.getByRole('button', { name: 'Réserver', exact: true }));
  await expect(panel(page, 'Confirmé')).toBeVisible();
  expect(hand, 'to the booking').toMatchObject({ taps: 14 });

  await hand.tap(page.getByRole('link', { name: 'Imprimer la fiche pour le parent' }));
  await hand.tap(page.getByRole('button', { name: 'Imprimer' }));
  expect(await printsOf(page)).toBe(1);
  expect(hand, 'to the slip').toMatchObject({ taps: 16 });
});

test('on a phone the held place stays at hand', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo', size: 'phone' });
  await askFor(page);
  await page.getByRole('button', { name: 'Voir les places' }).tap();
  await dayOfStrip(page, town.day(1)).tap();
  await place(page, { facility: lucioles, date: town.day(1), period: 'matin' }).tap();
  await retain(page).tap();
  await page.getByRole('button', { name: 'Revenir au tableau' }).tap();
  await page.getByRole('button', { name: /^4:\d\d · Réserver$/ }).tap();
  await fillForm(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).tap();
  await expect(panel(page, 'Confirmé')).toBeVisible();
});

/** A headless browser has no dialogue to print with: what is asked of it is counted. */
async function countPrints(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset.prints = '0';
    window.print = () => {
      const { dataset } = document.documentElement;
      dataset.prints = String(Number(dataset.prints) + 1);
    };
  });
}

async function printsOf(page: Page): Promise<number> {
  return Number(await page.locator('html').getAttribute('data-prints'));
}
