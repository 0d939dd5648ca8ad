// What people are told is so: what is not known is not nothing, what was not answered is not an answer, and what others
// have cancelled is told until somebody has seen it.
import type { Page } from '@playwright/test';
import { askFor, fillForm, hold, offers, panel, place, retain } from './support/board.js';
import { booked } from './support/booked.js';
import { arrivals, openPlaces, plus } from './support/house.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, type Town } from './support/town.js';
import { weekday } from './support/words.js';
import { Wire } from './support/wire.js';

const sizes: Size[] = ['phone', 'desk'];
const morning = (town: Town) => ({ facility: lucioles, date: town.day(1), period: 'matin' }) as const;

for (const size of sizes) {
  test(`while bookings are read nobody is said to be missing (${size})`, async ({ visit }) => {
    let wire: Wire;
    const before = async (page: Page) => {
      wire = await Wire.holding(page, 'booking.subscribe');
    };
    const manager = await visit({ account: 'manager@demo', size, before });
    await expect(manager.getByText('Lecture des réservations…')).toBeVisible();
    await expect(openPlaces(manager, 'Moyens')).toBeVisible();
    await expect(manager.getByText(/^Personne d’attendu/)).toBeHidden();
    await wire!.release();
    await expect(manager.getByText(/^Personne d’attendu ce matin\./)).toBeVisible();
    await expect(manager.getByText('Lecture des réservations…')).toBeHidden();

    const worker = await visit({ account: 'worker@demo', size, before });
    await expect(worker.getByText('Lecture des réservations…')).toBeVisible();
    await expect(worker.getByText('Aucune réservation à venir.')).toBeHidden();
    await wire!.release();
    await expect(worker.getByText('Aucune réservation à venir.')).toBeVisible();
  });
}

test('bookings and boards that are refused are said to be', async ({ visit }) => {
  const refusing = (method: string) => async (page: Page) => {
    await Wire.refusing(page, method, 'Cette liste est à d’autres');
  };
  const manager = await visit({ account: 'manager@demo', before: refusing('booking.subscribe') });
  await expect(manager.getByRole('alert')).toHaveText('Cette liste est à d’autres.');
  await expect(manager.getByText(/^Personne d’attendu/)).toBeHidden();
  const worker = await visit({ account: 'worker@demo', before: refusing('board.subscribe') });
  await expect(worker.getByRole('alert')).toHaveText('Cette liste est à d’autres.');
  await expect(worker.getByRole('table')).toBeHidden();
});

test('« Déjà venu ? » is asked, and a meal that nobody spoke of is not refused', async ({ town, visit }) => {
  const slot = morning(town);
  const page = await visit({ account: 'worker@demo' });
  await page.getByLabel('Âge (mois)').fill('20');
  await hold(page, slot);
  const yes = page.getByRole('button', { name: 'Oui', exact: true });
  await expect(yes).toBeFocused();
  await expect(page.getByText(/^L’enfant est-il déjà venu dans cette structure\s\?/)).toBeVisible();
  await expect(panel(page, 'Place retenue')).toBeHidden();
  await yes.click();
  await expect(page.getByText(/^L’enfant est-il déjà venu dans cette structure\s\?/)).toBeHidden();
  await retain(page).click();
  await fillForm(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(panel(page, 'Confirmé')).toBeVisible();

  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(arrivals(manager)).toContainText('déjà venu');
  await expect(arrivals(manager)).not.toContainText('repas');
});

test('for a child of five only the telephone is left, and that is said', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await askFor(page, '60');
  await page.getByRole('button', { name: 'Demain matin' }).click();
  const sentence = page.getByText(/Aucune place à réserver à 6\d\smois\s+demain matin\./);
  await expect(sentence).toBeVisible();
  await expect(page.getByRole('list', { name: 'Par téléphone' })).toContainText(/1\splace/);
});

test.describe('with holds of ten minutes', () => {
  test.use({ holdSeconds: 600 });

  test('the minutes that are told are those of the server', async ({ visit }) => {
    const page = await visit({ account: 'worker@demo' });
    await askFor(page);
    await expect(panel(page, 'Retenir une place')).toContainText(/elle vous est gardée 10\sminutes\./);
    await page.getByRole('button', { name: 'Demain matin' }).click();
    await page.getByRole('button', { name: /^Retenir 10\smin$/ }).click();
    await expect(page.getByRole('timer')).toHaveText(/^(10:00|9:\d\d)$/);
    const keep = page.getByRole('button', { name: /^Garder 5\smin de plus$/ });
    for (let times = 0; times < 4; times++) {
      await keep.click();
      await expect(page.getByRole('timer')).toHaveText(new RegExp(`^${14 + 5 * times}:\\d\\d$|^${15 + 5 * times}:00$`));
    }
    await expect(keep).toBeHidden();
    await expect(page.getByText('Ne peut plus être prolongé.')).toBeVisible();
  });
});

test('what the structure cancels is told to the service until it is noted', async ({ town, visit }) => {
  await booked(town, town.day(1), 'G-7');
  const manager = await town.colleague('manager@demo');
  const { bookings } = await manager.ask('booking.list', { facility: lucioles.id });
  await manager.call('booking.cancel', { booking: bookings[0].id, reason: 'staff' });
  await manager.leave();

  const page = await visit({ account: 'worker@demo' });
  const ours = page.getByRole('region', { name: 'Nos réservations' });
  await expect(ours).toContainText('Annulée par la structure.');
  await page.reload();
  await expect(ours).toContainText('Annulée par la structure.');
  await ours.getByRole('button', { name: 'C’est noté' }).click();
  await expect(ours).toContainText('Aucune réservation à venir.');
  await page.reload();
  await expect(ours).toContainText('Aucune réservation à venir.');
});

test('what a service cancels is told to the structure until it is noted', async ({ town, visit }) => {
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await booked(town, town.day(1), 'G-7');
  await expect(arrivals(page)).toBeVisible();
  const worker = await town.colleague('worker@demo');
  const { bookings } = await worker.ask('booking.list', {});
  await worker.call('booking.cancel', { booking: bookings[0].id, reason: 'other_solution' });
  await worker.leave();

  const cancelled = page.getByRole('region', { name: /^1\sréservation annulée$/ });
  await expect(cancelled).toContainText('Annulée par le service');
  await expect(cancelled).toContainText('ESCO de Genlis');
  await expect(page).toHaveTitle(/^\(1\)/);
  await page.reload();
  await cancelled.getByRole('button', { name: 'C’est noté' }).tap();
  await expect(cancelled).toBeHidden();
  await page.reload();
  await expect(openPlaces(page, 'Moyens')).toBeVisible();
  await expect(page.getByText(/^Personne d’attendu ce matin/)).toBeVisible();
  await expect(cancelled).toBeHidden();
});

test('the next family starts clean, and the structure that was worked on stays', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await page.getByLabel('De', { exact: true }).fill('8h15');
  await page.getByRole('button', { name: 'Demain matin' }).click();
  await page.getByRole('button', { name: 'Nouvelle recherche' }).click();
  await expect(page.getByLabel('Âge (mois)')).toBeFocused();
  await expect(page.getByLabel('Âge (mois)')).toHaveValue('');
  await expect(page.getByLabel('De', { exact: true })).toHaveValue('');
  for (const name of ['Non', 'Demain matin']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'false');
  }
  await expect(page.getByRole('button', { name: 'Nouvelle recherche' })).toBeHidden();

  const manager = await visit({ account: 'manager@demo' });
  await manager.getByRole('button', { name: 'La Ribambelle' }).click();
  await manager.getByRole('link', { name: 'Tableau' }).click();
  await manager.getByRole('link', { name: 'Aujourd’hui' }).click();
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('La Ribambelle');
});

test('« Annuler » takes back all that the bar says, also by keyboard', async ({ town, visit }) => {
  const today = town.day(0);
  const page = await visit({ account: 'manager@demo' });
  const worker = await visit({ account: 'worker@demo' });
  await askFor(worker);
  for (let day = 0; day < 3; day++) await town.setOpen(lucioles.id, town.day(day), 'matin', 'moyens', 1);
  await expect(openPlaces(page, 'Moyens')).toHaveText('1 ouverte');

  await test.step('three taps and all days until the day after tomorrow', async () => {
    for (let taps = 0; taps < 3; taps++) await plus(page, 'Moyens', 'matin', today).click();
    await expect(page.getByText(/^3\splaces ouvertes$/)).toBeVisible();
    await expect(page.getByText('Moyens, aujourd’hui matin · Les Lucioles')).toBeVisible();
    await page.getByRole('button', { name: 'Jusqu’à…' }).click();
    await page.getByRole('button', { name: weekday(town.day(2)), exact: true }).click();
    await expect(page.getByText(/^18\splaces ouvertes$/)).toBeVisible();
    await expect(place(worker, { facility: lucioles, date: town.day(2), period: 'matin' })).toHaveAccessibleName(
      offers(4),
    );
  });

  await test.step('all of it is taken back', async () => {
    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    await expect(openPlaces(page, 'Moyens')).toHaveText('1 ouverte');
    for (let day = 0; day < 3; day++) {
      const there = { facility: lucioles, date: town.day(day), period: 'matin' } as const;
      await expect(place(worker, there)).toHaveAccessibleName(offers(1));
    }
  });

  await test.step('by keyboard, from the count itself', async () => {
    const more = plus(page, 'Moyens', 'matin', today);
    await more.focus();
    await page.keyboard.press('Enter');
    await expect(openPlaces(page, 'Moyens')).toHaveText('2 ouvertes');
    await expect(page.getByText(/^1\splace ouverte$/)).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(openPlaces(page, 'Moyens')).toHaveText('1 ouverte');
    await expect(more).toBeFocused();
  });
});

test('what has been booked meanwhile stays, and the rest is taken back', async ({ town, visit }) => {
  const today = town.day(0);
  for (let day = 0; day < 2; day++) await town.setOpen(lucioles.id, town.day(day), 'matin', 'moyens', 0);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await plus(page, 'Moyens', 'matin', today).tap();
  await page.getByRole('button', { name: 'Jusqu’à…' }).tap();
  await page.getByRole('button', { name: weekday(town.day(1)), exact: true }).tap();
  await expect(page.getByText(/^4\splaces ouvertes$/)).toBeVisible();
  await booked(town, town.day(1), 'G-1');
  await page.getByRole('button', { name: 'Annuler', exact: true }).tap();
  await expect(page.getByRole('alert')).toHaveText(
    /^Déjà réservé demain matin\s: appelez le service au 03\s53\s01\s01\s10\. Le reste est annulé\.$/,
  );
  await expect(openPlaces(page, 'Moyens')).toHaveText('0 ouverte');
});
