// « Fermer… »: what follows is said first, done in one step, told at once, and taken back.
import { place } from './support/board.js';
import { booked } from './support/booked.js';
import { Hand } from './support/hand.js';
import { freePlaces, plus, typedPlaces } from './support/house.js';
import { look } from './support/look.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, type Town } from './support/town.js';

const sizes: Size[] = ['phone', 'desk'];

async function threeExpected(town: Town, date: string): Promise<void> {
  await town.setOpen(lucioles.id, date, 'matin', 'moyens', 4);
  for (const caseRef of ['G-1', 'G-2', 'G-3']) await booked(town, date, caseRef);
}

for (const size of sizes) {
  test(`a day with three children expected is closed in four taps (${size})`, async ({ town, visit }) => {
    const tomorrow = town.day(1);
    await threeExpected(town, tomorrow);
    const worker = await visit({ account: 'worker@demo' });
    await worker.getByLabel('Âge (mois)').fill('20');
    const page = await visit({ account: 'manager@demo', size });
    const hand = new Hand(page, size === 'phone');

    await hand.tap(page.getByRole('button', { name: /^Demain/ }));
    await hand.tap(page.getByRole('button', { name: /^Fermer .*…$/ }));
    const panel = page.getByRole('group', { name: /^Fermer / });
    await expect(panel).toContainText(/3\senfants attendus, 1\sservice sera prévenu\./);
    await look(page, 'closing');
    await hand.tap(panel.getByRole('button', { name: 'Manque de personnel' }));
    await hand.tap(panel.getByRole('button', { name: 'Fermer et prévenir' }));
    expect(hand).toMatchObject({ taps: 4, keys: 0 });

    await expect(
      page.getByText(/^Fermé\s: 3\senfants ne viendront pas, 1\sservice est prévenu\.$/).first(),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: /^Fermer .*…$/ })).toBeFocused();
    await expect(plus(page, 'Moyens', 'matin', tomorrow)).toBeHidden();
    await expect(page.getByRole('button', { name: /^Rouvrir : Moyens, matin/ })).toBeVisible();
    const slot = { facility: lucioles, date: tomorrow, period: 'matin' } as const;
    await expect(place(worker, slot)).toHaveAccessibleName(/fermé/);
    await expect(worker.getByRole('region', { name: 'Nos réservations' })).toContainText('Annulée par la structure');
    await look(page, 'closed');

    await hand.tap(page.getByRole('button', { name: /^Rouvrir (?!:)/ }));
    await expect(freePlaces(page, 'Moyens')).toHaveText('4 libres');
    await expect(page.getByRole('button', { name: /^Rouvrir/ })).toHaveCount(0);
  });
}

test('one half-day of one section is closed from the week, and nothing without a reason', async ({ town, visit }) => {
  const date = town.day(1);
  await threeExpected(town, date);
  const page = await visit({ account: 'manager@demo', path: `/structure/semaine/${date}` });
  const heading = page.locator(`#close-${date}`);
  await heading.click();
  const panel = page.getByRole('group', { name: /^Fermer / });
  await panel.getByRole('button', { name: 'Après-midi' }).click();
  await expect(panel).toContainText('Personne n’est attendu.');
  await panel.getByRole('button', { name: 'Grands' }).click();
  await panel.getByRole('button', { name: 'Fermer', exact: true }).click();
  await expect(panel.getByRole('alert')).toHaveText('Choisissez d’abord pourquoi.');
  await panel.getByRole('button', { name: 'Épidémie' }).click();
  await look(page, 'closing-half');
  await panel.getByRole('button', { name: 'Fermer', exact: true }).click();
  await expect(page.getByText('Fermé : personne n’était attendu.').first()).toBeVisible();
  await expect(heading).toBeFocused();
  await expect(typedPlaces(page, 'Grands', 'apres-midi', date)).toBeHidden();
  await expect(typedPlaces(page, 'Grands', 'matin', date)).toBeVisible();
  await expect(typedPlaces(page, 'Moyens', 'apres-midi', date)).toBeVisible();
  await page.getByRole('button', { name: /^Rouvrir/ }).click();
  await expect(typedPlaces(page, 'Grands', 'apres-midi', date)).toBeVisible();
});

test('who leaves it closes nothing; who books meanwhile is counted', async ({ town, visit }) => {
  const date = town.day(1);
  await town.setOpen(lucioles.id, date, 'matin', 'moyens', 4);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await page.getByRole('button', { name: /^Demain/ }).tap();
  await page.getByRole('button', { name: /^Fermer .*…$/ }).tap();
  const panel = page.getByRole('group', { name: /^Fermer / });
  await expect(panel).toContainText('Personne n’est attendu.');
  await booked(town, date, 'G-1');
  await expect(panel).toContainText(/1\senfant attendu, 1\sservice sera prévenu\./);
  await panel.getByRole('button', { name: 'Ne pas fermer' }).tap();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: /^Fermer .*…$/ })).toBeFocused();
  await expect(freePlaces(page, 'Moyens')).toHaveText('3 libres');
});
