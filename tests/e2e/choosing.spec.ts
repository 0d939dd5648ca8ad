// Choosing on the grid: a tap takes nothing from anybody, one button holds all of it, and what is held stays at hand.
import { askFor, dayOfStrip, fillForm, hold, offers, panel, place, retain } from './support/board.js';
import { expect, test } from './support/test.js';
import { lucioles, moulin, type Town } from './support/town.js';

const at = (town: Town, facility: typeof lucioles, day: number, period: 'matin' | 'apres-midi' = 'matin') =>
  ({ facility, date: town.day(day), period }) as const;

async function bookingsOf(town: Town) {
  const worker = await town.colleague('worker@demo');
  const { bookings } = await worker.ask('booking.list', {});
  await worker.leave();
  return bookings as { state: string; facility: string; places: { date: string; section: string; child: number }[] }[];
}

test('several half-days of several structures: chosen, held by one button, confirmed together', async ({
  town,
  visit,
}) => {
  const wanted = [at(town, lucioles, 1), at(town, lucioles, 2), at(town, moulin, 3)];
  for (const { facility, date } of wanted) await town.setOpen(facility.id, date, 'matin', 'moyens', 1);
  const [page, other] = [await visit({ account: 'worker@demo' }), await visit({ account: 'worker@demo' })];
  for (const one of [page, other]) await askFor(one);

  await test.step('a tap takes nothing, and is taken back by another', async () => {
    for (const slot of wanted) await place(page, slot).click();
    await place(page, at(town, lucioles, 1, 'apres-midi')).click();
    await expect(retain(page)).toHaveText(/^Retenir ces 4 demi-journées · 5\smin$/);
    await place(page, at(town, lucioles, 1, 'apres-midi')).click();
    await expect(retain(page)).toHaveText(/^Retenir ces 3 demi-journées · 5\smin$/);
    expect(await bookingsOf(town)).toEqual([]);
    for (const slot of wanted) await expect(place(other, slot)).toHaveAccessibleName(offers(1));
  });

  await test.step('what is gone meanwhile is said before', async () => {
    await town.setOpen(moulin.id, wanted[2]!.date, 'matin', 'moyens', 0);
    const line = page
      .getByRole('list', { name: 'Choisi' })
      .getByRole('listitem')
      .filter({ hasText: 'Le Petit Moulin' });
    await expect(line).toContainText('n’est plus libre');
    await town.setOpen(moulin.id, wanted[2]!.date, 'matin', 'moyens', 1);
    await expect(line).not.toContainText('n’est plus libre');
  });

  await test.step('one button holds all, and all are confirmed', async () => {
    await retain(page).click();
    const held = panel(page, 'Places retenues');
    await expect(held).toContainText('Les Lucioles');
    await expect(held).toContainText('Le Petit Moulin');
    for (const slot of wanted) {
      await expect(place(page, slot)).toHaveAccessibleName(/place retenue pour vous/);
      await expect(place(other, slot)).toHaveAccessibleName(/votre service retient la dernière place/);
    }
    await fillForm(page);
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(panel(page, 'Confirmé')).toBeVisible();
    const bookings = await bookingsOf(town);
    expect(bookings.map(({ state, places }) => `${state} ${places.length}`).sort()).toEqual([
      'confirmed 1',
      'confirmed 2',
    ]);
  });
});

test('where one structure refuses, nothing is held', async ({ town, visit }) => {
  await town.setOpen(moulin.id, town.day(1), 'matin', 'moyens', 1);
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await page.getByRole('button', { name: 'Figer le tableau' }).click();
  await place(page, at(town, lucioles, 1)).click();
  await place(page, at(town, moulin, 1)).click();
  await town.setOpen(moulin.id, town.day(1), 'matin', 'moyens', 0);
  await retain(page).click();
  await expect(page.getByRole('alert')).toContainText('Cette place vient d’être prise.');
  await expect(page.getByRole('alert')).toContainText('Le Petit Moulin');
  expect((await bookingsOf(town)).map(({ state }) => state)).toEqual(['released']);
});

test('brothers and sisters are one booking, each in the section of their age', async ({ town, visit }) => {
  const slot = at(town, lucioles, 1);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 3);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'grands', 2);
  const page = await visit({ account: 'worker@demo' });
  await askFor(page, '18 et 28');
  await expect(page.getByText(/^18 et 28, soit 2 enfants, 18 et 28\smois$/)).toBeVisible();
  await expect(place(page, slot)).toHaveAccessibleName(/: 2\splaces à 18 et 28\smois|: 2\splaces à 19 et 29\smois/);
  await place(page, slot).click();
  await expect(retain(page)).toHaveText(/^Retenir ces 2 places · 5\smin$/);
  await retain(page).click();
  await fillForm(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(panel(page, 'Confirmé')).toBeVisible();
  const [booking] = await bookingsOf(town);
  expect(booking!.places.map(({ section, child }) => `${section} ${child}`)).toEqual(['moyens 0', 'grands 1']);
});

test('what is held is held after a reload, and another place can be taken beside it', async ({ town, visit }) => {
  const [first, second] = [at(town, lucioles, 1), at(town, moulin, 2)];
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await hold(page, first);
  await expect(panel(page, 'Place retenue')).toBeVisible();
  await page.reload();
  const held = panel(page, 'Place retenue');
  await expect(held).toContainText('Les Lucioles');
  await expect(page.getByRole('timer')).toHaveText(/^4:\d\d$/);

  await expect(page.getByLabel('Âge (mois)')).toHaveValue('20');
  await place(page, second).click();
  await held.getByRole('button', { name: 'Retenir en plus' }).click();
  const both = panel(page, 'Places retenues');
  await expect(both).toContainText('Le Petit Moulin');
  await expect(both).toContainText('Les Lucioles');
  await page.reload();
  await expect(both).toContainText('Le Petit Moulin');
  await both.getByRole('button', { name: 'Libérer les places' }).click();
  await expect(panel(page, 'Retenir une place')).toBeVisible();
  expect((await bookingsOf(town)).map(({ state }) => state)).toEqual(['released', 'released']);
});

test('what is chosen and not held is there after a reload; after the booking the next family starts clean', async ({
  town,
  visit,
}) => {
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await page.getByLabel('De', { exact: true }).fill('8h15');
  await place(page, at(town, lucioles, 1)).click();
  await page.reload();
  await expect(retain(page)).toHaveText(/^Retenir cette demi-journée · 5\smin$/);
  await expect(page.getByLabel('De', { exact: true })).toHaveValue(/^8\sh\s15$|^8h15$/);
  await retain(page).click();

  await page.getByLabel('De', { exact: true }).fill('9h');
  const held = panel(page, 'Place retenue');
  await expect(held).toContainText(/8\sh\s15–12\sh\s30/);
  await expect(held).toContainText(/ce qui est retenu ci-dessous ne change pas/);
  await held.getByRole('button', { name: 'Retenir avec ces changements' }).click();
  await expect(held).toContainText(/9\sh–12\sh\s30/);
  await expect(held).not.toContainText(/ce qui est retenu ci-dessous ne change pas/);

  await fillForm(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  const confirmed = panel(page, 'Confirmé');
  await expect(confirmed).toContainText(/9\sh–12\sh\s30/);
  await expect(page.getByLabel('Âge (mois)')).toHaveValue('');
  await expect(page.getByLabel('De', { exact: true })).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Non', exact: true })).toHaveAttribute('aria-pressed', 'false');
  await confirmed.getByRole('button', { name: 'Une autre place pour cette famille' }).click();
  await expect(page.getByLabel('Âge (mois)')).toHaveValue('20');
  await page.getByRole('button', { name: 'Nouvelle recherche' }).click();
  await page.reload();
  await expect(page.getByLabel('Âge (mois)')).toHaveValue('');
});

test('on a phone what is chosen waits at the foot of the board', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo', size: 'phone' });
  await askFor(page);
  await page.getByRole('button', { name: 'Voir les places' }).tap();
  await dayOfStrip(page, town.day(1)).tap();
  await place(page, at(town, lucioles, 1)).tap();
  await place(page, at(town, moulin, 1)).tap();
  await page.getByRole('button', { name: 'Voir', exact: true }).tap();
  await page.getByRole('button', { name: /^Retirer Le Petit Moulin/ }).tap();
  await page.getByRole('button', { name: 'Revenir au tableau' }).tap();
  await expect(place(page, at(town, moulin, 1))).toHaveAttribute('aria-pressed', 'false');
  await retain(page).tap();
  await expect(panel(page, 'Place retenue')).toContainText('Les Lucioles');
});
