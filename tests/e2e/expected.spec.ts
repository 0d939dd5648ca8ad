// « Attendus »: who comes, by day and by hour; noted, answered, corrected, printed.
import { booked } from './support/booked.js';
import { look } from './support/look.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';

const sizes: Size[] = ['phone', 'desk'];
const path = '/structure/attendus';

for (const size of sizes) {
  test(`who comes is read, noted and answered, in order of arrival (${size})`, async ({ town, visit }) => {
    const [today, tomorrow] = [town.day(0), town.day(1)];
    await town.setOpen(lucioles.id, today, 'matin', 'moyens', 3);
    await booked(town, today, 'G-1');
    await booked(town, today, 'G-2', { arrive: '08:00', leave: '12:00', meal: true });
    await booked(town, tomorrow, 'G-3');
    const page = await visit({ account: 'manager@demo', size, path });
    await expect(page).toHaveTitle(/^\(3\) Attendus/);
    const rows = page.getByRole('region', { name: /^Aujourd’hui/ }).getByRole('listitem');
    await expect(rows).toHaveText([
      /^8\sh Lina · 20\smois · Moyens · jusqu’à 12\sh · avec repas · première venue/,
      /^8\sh\s15 Lina · 20\smois · Moyens · jusqu’à 11\sh\s45 · sans repas · première venue/,
    ]);
    await expect(rows.first().getByRole('link', { name: /03\s53\s01\s01\s10/ })).toHaveAttribute('href', /^tel:/);
    await expect(page.getByRole('link', { name: /^Attendus/ })).toHaveAccessibleName(/3\snouvelles à voir$/);
    await look(page, 'expected');

    await rows.first().getByRole('button', { name: 'C’est noté' }).click();
    await expect(page.getByRole('button', { name: 'Tout noter (2)' })).toBeVisible();
    await page.getByRole('button', { name: 'Tout noter (2)' }).click();
    await expect(page.getByRole('button', { name: /noter|noté/ })).toHaveCount(0);
    await expect(page).toHaveTitle(/^Attendus/);

    const came = rows.first().getByRole('button', { name: 'Arrivé', exact: true });
    const missing = rows.first().getByRole('button', { name: 'Pas venu', exact: true });
    await came.click();
    await expect(came).toHaveAttribute('aria-pressed', 'true');
    await missing.click();
    await expect(missing).toHaveAttribute('aria-pressed', 'true');
    await expect(came).toHaveAttribute('aria-pressed', 'false');
    await missing.click();
    await expect(missing).toHaveAttribute('aria-pressed', 'false');

    await page.getByRole('button', { name: /^Semaine/ }).click();
    await expect(page.getByRole('region', { name: /^Demain/ }).getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('region', { name: /^Demain/ }).getByRole('button', { name: 'Arrivé' })).toHaveCount(0);
    await look(page, 'expected-week');
  });
}

test('a day on paper: by section and hour, without kind of care, motive or file', async ({ town, visit }) => {
  const today = town.day(0);
  await booked(town, today, 'G-2041');
  const page = await visit({ account: 'manager@demo', path });
  await expect(page.getByRole('listitem').filter({ hasText: 'Lina' })).toBeVisible();
  await page.evaluate(() => (window.print = () => void (document.documentElement.dataset.printed = 'yes')));
  await page.getByRole('button', { name: 'Imprimer la feuille' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByRole('table');
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole('row')).toHaveText([/Arrivée.*Départ.*Enfant/, 'Moyens', /8\sh\s15.*Lina.*sans repas/]);
  await expect(page.getByRole('button', { name: 'Arrivé' })).toBeHidden();
  const words = await page.locator('body').innerText();
  for (const secret of ['G-2041', 'VIP', 'insertion', 'Entretien']) expect(words).not.toContain(secret);
  const pdf = (await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1');
  expect([...pdf.matchAll(/\/MediaBox/g)]).toHaveLength(1);
});

test('nobody is expected, and the address leads there again', async ({ visit }) => {
  const page = await visit({ account: 'manager@demo', path });
  await expect(page.getByText(/^Personne d’attendu\. Les réservations/)).toBeVisible();
  await page.getByRole('link', { name: 'Semaine' }).click();
  await expect(page).toHaveURL(/\/structure\/semaine$/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Attendus' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Attendus' })).toBeVisible();
});
