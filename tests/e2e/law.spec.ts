// « Combien puis-je ouvrir ? »: from who is there, with the rules that say so; typed by keyboard alone.
import { openPlaces } from './support/house.js';
import { look } from './support/look.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

test('how many places the law lets open with these adults and children', async ({ town, visit }) => {
  const today = town.day(0);
  for (const section of ['bebes', 'moyens', 'grands']) await town.setOpen(lucioles.id, today, 'matin', section, 2);
  const page = await visit({ account: 'manager@demo', size: 'phone' });
  await expect(openPlaces(page, 'Moyens')).toHaveText('2 ouvertes');
  const question = page.getByRole('button', { name: 'Combien puis-je ouvrir ?' });
  await question.tap();
  const panel = page.getByRole('group', { name: /^Combien puis-je ouvrir/ });
  await expect(panel.getByLabel('Adultes présents')).toBeFocused();
  await expect(panel).toContainText('Indiquez les adultes présents.');
  await page.keyboard.type('3');
  await page.keyboard.press('Tab');
  await page.keyboard.type('5');
  await page.keyboard.press('Tab');
  await page.keyboard.type('8');
  await expect(panel.getByRole('status')).toContainText(/Vous pouvez ouvrir 5\splaces en tout\s; 6 le sont\s: trop/);
  await expect(panel.getByRole('listitem')).toContainText([
    /^Taux d’encadrement\s: \d+\senfants au plus \(CSP R2324-43\)$/,
  ]);
  await look(page, 'law');
  await panel.getByRole('button', { name: '1 adulte pour 6 enfants' }).tap();
  await expect(panel.getByRole('status')).toContainText(/Vous pouvez ouvrir 5\splaces en tout/);
  await panel.getByLabel('Adultes présents').fill('1');
  await expect(panel.getByRole('status')).toContainText('Vous ne pouvez ouvrir aucune place');
  await expect(panel.getByRole('status')).toContainText('CSP R2324-43-1');
  await panel.getByRole('button', { name: 'Refermer' }).tap();
  await expect(question).toBeFocused();
});
