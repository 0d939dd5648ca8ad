// « Semaine »: counts of a week typed, copied, published together, and taken back; never below what is taken.
import { booked } from './support/booked.js';
import { freePlaces, minus, openPlaces, plus, typedPlaces } from './support/house.js';
import { tabTo } from './support/keyboard.js';
import { look } from './support/look.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, type Town } from './support/town.js';

const sizes: Size[] = ['phone', 'desk'];

/** A Monday that is some weeks away: nothing of it has passed, whatever day it is. */
function mondayAhead(town: Town, weeks: number): string {
  const weekday = (new Date(`${town.day(0)}T12:00:00Z`).getUTCDay() + 6) % 7;
  return town.day(7 * weeks - weekday);
}

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

for (const size of sizes) {
  test(`a week far ahead is typed, copied to all days and published (${size})`, async ({ town, visit }) => {
    const monday = mondayAhead(town, 20);
    const page = await visit({ account: 'manager@demo', size, path: `/structure/semaine/${monday}` });
    await expect(typedPlaces(page, 'Moyens', 'matin', monday)).toHaveAttribute('placeholder', '?');
    await typedPlaces(page, 'Moyens', 'matin', monday).fill('3');
    await typedPlaces(page, 'Moyens', 'apres-midi', monday).fill('2');
    await typedPlaces(page, 'Bébés', 'matin', monday).fill('0');
    await expect(page.getByRole('button', { name: /^Publier 3\schangements$/ })).toBeVisible();
    await page.getByRole('button', { name: /^Copier lundi/ }).click();
    await page.getByRole('button', { name: 'Tous ces jours' }).click();
    await expect(page.getByRole('button', { name: /^Copier lundi/ })).toBeFocused();
    await expect(typedPlaces(page, 'Moyens', 'matin', daysAfter(monday, 4))).toHaveValue('3');
    await page.getByRole('button', { name: 'Dont gardées pour l’insertion' }).click();
    await page.getByRole('textbox', { name: /^Moyens, lundi.*matin, gardées pour l’insertion$/ }).fill('1');
    await look(page, 'week-typed');
    await page.getByRole('button', { name: /^Publier 21\schangements$/ }).click();
    await expect(page.locator('#done')).toBeVisible();
    await page.reload();
    await expect(typedPlaces(page, 'Moyens', 'matin', monday)).toHaveValue('3');
    await expect(typedPlaces(page, 'Grands', 'matin', daysAfter(monday, 1))).toHaveAttribute('placeholder', '?');
    await expect(typedPlaces(page, 'Grands', 'matin', daysAfter(monday, 1))).toHaveValue('');
    await expect(typedPlaces(page, 'Bébés', 'matin', monday)).toHaveValue('0');
    await expect(typedPlaces(page, 'Moyens', 'matin', daysAfter(monday, 4))).toHaveValue('3');
    await expect(page.getByText('1 insertion', { exact: false }).first()).toBeVisible();
    await look(page, 'week-published');
  });
}

test('with Tab, arrows and digits alone', async ({ town, visit }) => {
  const monday = mondayAhead(town, 3);
  const page = await visit({ account: 'manager@demo', path: `/structure/semaine/${monday}` });
  const first = typedPlaces(page, 'Moyens', 'matin', monday);
  await first.focus();
  await page.keyboard.type('3');
  await page.keyboard.press('Tab');
  await expect(typedPlaces(page, 'Moyens', 'apres-midi', monday)).toBeFocused();
  await page.keyboard.type('2');
  await page.keyboard.press('ArrowDown');
  await expect(typedPlaces(page, 'Grands', 'apres-midi', monday)).toBeFocused();
  await page.keyboard.type('x1');
  await expect(typedPlaces(page, 'Grands', 'apres-midi', monday)).toHaveValue('1');
  await page.keyboard.press('ArrowLeft');
  await expect(typedPlaces(page, 'Grands', 'matin', monday)).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: /^Publier 3\schangements$/ }), 30);
  await page.keyboard.press('Enter');
  await expect(page.locator('#done')).toBeFocused();
  await expect(page.locator('#done')).toHaveText(/^3\snombres de places enregistrés\.$/);
});

test('nothing goes below what is taken, and what was published is taken back', async ({ town, visit }) => {
  const monday = mondayAhead(town, 1);
  await town.setOpen(lucioles.id, monday, 'matin', 'moyens', 3);
  await booked(town, monday, 'G-1');
  const page = await visit({ account: 'manager@demo', path: `/structure/semaine/${monday}` });
  const field = typedPlaces(page, 'Moyens', 'matin', monday);
  await expect(field).toHaveValue('3');
  await field.fill('0');
  await expect(page.getByText(/^Moyens, lun\. matin reste à 1, déjà pris\.$/)).toBeVisible();
  await page.getByRole('button', { name: /^Publier 1\schangement$/ }).click();
  await expect(
    page.getByText(/^1\snombre de places enregistré\s; Moyens, lun\. matin reste à 1, déjà pris\.$/).first(),
  ).toBeVisible();
  await expect(field).toHaveValue('1');
  await page.getByRole('button', { name: 'Remettre comme avant' }).click();
  await expect(field).toHaveValue('3');
});

test('more children than the law lets be there are published only by who insists', async ({ town, visit }) => {
  const monday = mondayAhead(town, 2);
  const page = await visit({ account: 'manager@demo', path: `/structure/semaine/${monday}` });
  await typedPlaces(page, 'Moyens', 'matin', monday).fill('40');
  await typedPlaces(page, 'Grands', 'apres-midi', monday).fill('1');
  await page.getByRole('button', { name: /^Publier 2\schangements$/ }).click();
  await expect(page.getByRole('alert')).toContainText('115');
  await expect(page.getByText(/^Cela concerne\s: lundi .* matin\.$/)).toBeVisible();
  await look(page, 'week-over-capacity');
  await page.getByRole('button', { name: 'Publier quand même' }).click();
  await expect(page.locator('#done')).toBeFocused();
  await expect(typedPlaces(page, 'Moyens', 'matin', monday)).toHaveValue('40');
  await expect(typedPlaces(page, 'Grands', 'apres-midi', monday)).toHaveValue('1');
});

test('what is typed stays until it is published, and the other week says so', async ({ town, visit }) => {
  const [monday, next] = [mondayAhead(town, 1), mondayAhead(town, 2)];
  const page = await visit({ account: 'manager@demo', path: `/structure/semaine/${monday}` });
  await typedPlaces(page, 'Moyens', 'matin', monday).fill('7');
  await page.getByRole('link', { name: 'Semaine d’après' }).click();
  await expect(page).toHaveURL(new RegExp(`${next}$`));
  await expect(page.getByText(/^Pas encore publié, semaine du/)).toBeVisible();
  await page.getByRole('link', { name: 'Aujourd’hui' }).click();
  await page.goBack();
  await page.getByRole('link', { name: 'Semaine d’avant' }).click();
  await expect(typedPlaces(page, 'Moyens', 'matin', monday)).toHaveValue('7');
  await page.getByRole('button', { name: 'Tout effacer' }).click();
  await expect(typedPlaces(page, 'Moyens', 'matin', monday)).not.toHaveValue('7');
});

test('one number for both sides, and why a place goes that others saw free', async ({ town, visit }) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 2);
  await booked(town, today, 'G-1');
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(freePlaces(page, 'Moyens')).toHaveText('1 libre');
  await expect(openPlaces(page, 'Moyens')).toHaveText('2 ouvertes');

  await test.step('what one has just opened is taken back without a question', async () => {
    await plus(page, 'Moyens', 'matin', today).tap();
    await expect(page.getByText(/^1\splace ouverte$/)).toBeVisible();
    await minus(page, 'Moyens', 'matin', today).tap();
    await expect(freePlaces(page, 'Moyens')).toHaveText('1 libre');
    await expect(page.getByRole('button', { name: 'Plus possible' })).toBeHidden();
  });

  await test.step('a place that was seen free is asked for', async () => {
    await minus(page, 'Moyens', 'matin', today).tap();
    await expect(page.getByRole('button', { name: 'Donnée à une famille' })).toBeFocused();
    await look(page, 'structure-why');
    await page.getByRole('button', { name: 'La laisser libre' }).tap();
    await expect(freePlaces(page, 'Moyens')).toHaveText('1 libre');
    await minus(page, 'Moyens', 'matin', today).tap();
    await page.getByRole('button', { name: 'Donnée à une famille' }).tap();
    await expect(freePlaces(page, 'Moyens')).toHaveText('0 libre');
    await expect(page.getByRole('group', { name: 'Moyens', exact: true })).toContainText('complet');
    await expect(page.getByText(/^1\splace fermée$/)).toBeVisible();
  });
});

test('one tap above what the law lets be there is asked for again, and is taken back as it was', async ({
  town,
  visit,
}) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 40);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await plus(page, 'Moyens', 'matin', today).tap();
  await expect(page.getByRole('alert')).toContainText('115');
  await expect(openPlaces(page, 'Moyens')).toHaveText('40 ouvertes');
  await look(page, 'structure-over-capacity');
  await page.getByRole('button', { name: 'Ouvrir quand même' }).tap();
  await expect(openPlaces(page, 'Moyens')).toHaveText('41 ouvertes');
  await page.reload();
  await minus(page, 'Moyens', 'matin', today).tap();
  await page.getByRole('button', { name: 'Plus possible' }).tap();
  await expect(openPlaces(page, 'Moyens')).toHaveText('40 ouvertes');
  await page.getByRole('button', { name: 'Annuler' }).tap();
  await expect(openPlaces(page, 'Moyens')).toHaveText('41 ouvertes');
});

test('« Tout est à jour » says what it did, and what is to verify next', async ({ visit }) => {
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await page.getByRole('button', { name: /^Tout est à jour/ }).tap();
  await expect(page.getByText(/^\d+\snombres de places confirmés, .{3,4}\.\s\d+\.$/)).toBeVisible();
  await page.getByRole('link', { name: 'Semaine' }).first().tap();
  await page.getByRole('button', { name: /^Toute la semaine est à jour/ }).tap();
  await expect(page.getByText(/^\d+\snombres? de places confirmés?, /)).toBeVisible();
});
