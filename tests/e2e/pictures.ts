// The pictures that the documents show, of the demo as it is: to be taken from Monday to Thursday.
import { fileURLToPath } from 'node:url';
import { panel, place } from './support/board.js';
import { booked } from './support/booked.js';
import { arrivals } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

test.use({ openEveryDay: false });

test('the board, with a place held', async ({ town, visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await page.getByLabel('Âge (mois)').fill('20');
  await page.getByLabel('Commune').fill('Longchamp');
  await page.getByRole('option', { name: 'Longchamp' }).click();
  await page.getByRole('button', { name: 'Demain matin' }).click();
  await page.getByLabel('De', { exact: true }).fill('8h15');
  await page.getByLabel('À', { exact: true }).fill('11h45');
  await page.getByRole('button', { name: 'Non', exact: true }).click();
  await page.getByRole('button', { name: 'Retenir 5 min' }).click();
  await expect(panel(page, 'Place retenue')).toBeVisible();
  await page.getByLabel('Référence du dossier').fill('G-2041');
  await page.getByLabel('Motif').selectOption('Entretien d’embauche');
  await expect(place(page, { facility: lucioles, date: town.day(1), period: 'matin' })).toHaveText(/4:/);
  await page.getByLabel('Motif').blur();
  await page.screenshot({ path: `${images}board-desktop.png`, animations: 'disabled' });
});

test('a structure, with an arrival', async ({ town, visit }) => {
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(page.getByRole('heading', { name: 'Les Lucioles' })).toBeVisible();
  await booked(town, town.day(1), 'G-2041');
  await expect(arrivals(page)).toBeVisible();
  await page.screenshot({ path: `${images}structure-phone.png`, animations: 'disabled' });
});
