// A structure's page beside the flow: what is taken back, given back, or refused.
import { offers, place } from './support/board.js';
import { booked } from './support/booked.js';
import { minus, openPlaces, plus } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

test('a count is taken back at once, and goes below the bookings only if insisted on', async ({ town, visit }) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 1);
  await booked(town, today, 'G-1');
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  const count = openPlaces(page, 'Moyens');
  await expect(count).toHaveText('1 ouverte');
  await plus(page, 'Moyens', 'matin', today).tap();
  await expect(count).toHaveText('2 ouvertes');
  await page.getByRole('button', { name: 'Annuler' }).tap();
  await expect(count).toHaveText('1 ouverte');

  await minus(page, 'Moyens', 'matin', today).tap();
  await expect(page.getByRole('alert')).toContainText('Une réservation est confirmée sur ce créneau.');
  await expect(count).toHaveText('1 ouverte');
  await page.getByRole('button', { name: 'Descendre quand même' }).tap();
  await expect(count).toHaveText('0 ouverte');
  await expect(page.getByText('plus de réservations que de places')).toBeVisible();
});

test('a family that is prevented gives its place back', async ({ town, visit }) => {
  const today = town.day(0);
  const slot = { facility: lucioles, date: today, period: 'matin' } as const;
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 1);
  await booked(town, today, 'G-1');
  const worker = await visit({ account: 'worker@demo' });
  await worker.getByLabel('Âge (mois)').fill('20');
  await expect(place(worker, slot)).toHaveAccessibleName(/ : complet/);
  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await manager.getByRole('button', { name: 'La famille a prévenu' }).tap();
  await manager.getByRole('button', { name: 'Enfant malade' }).tap();
  await expect(manager.getByText('annulé par la famille')).toBeVisible();
  await expect(place(worker, slot)).toHaveAccessibleName(offers(1));
  await expect(worker.getByRole('region', { name: 'Nos réservations' })).toContainText(
    'Annulée : la famille a prévenu',
  );
});

test('a tap taken back too late says whom to call', async ({ town, visit }) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 0);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await plus(page, 'Moyens', 'matin', today).tap();
  await booked(town, today, 'G-1');
  await page.getByRole('button', { name: 'Annuler' }).tap();
  await expect(page.getByRole('alert')).toHaveText(/Déjà réservée, appelez le service au 03\s53\s01\s01\s10\./);
});

test('who came is said from the start of the half-day, and before it is told when', async ({ town, visit }) => {
  await town.setOpen(lucioles.id, town.day(1), 'matin', 'moyens', 1);
  await booked(town, town.day(1), 'G-2');
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await page.getByRole('button', { name: /^Demain/ }).tap();
  await expect(page.getByText(/se notent demain dès 8\sh\.$/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'La famille a prévenu' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Arrivé', exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Pas venu', exact: true })).toBeHidden();
});
