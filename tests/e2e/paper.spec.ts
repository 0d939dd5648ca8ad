// What Ctrl+P makes of the pages: tables that can be read, on the reader's own paper; the slip alone has a paper of its own.
import { booked, bookedOften } from './support/booked.js';
import { place } from './support/board.js';
import { plus, typedPlaces } from './support/house.js';
import { cutText, outside } from './support/measure.js';
import { expect, test } from './support/test.js';
import { lucioles, ribambelle, type Town } from './support/town.js';
import { dayPattern } from './support/words.js';

/** The size of each page of a PDF, to the millimetre. */
function pagesOf(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  const millimetres = (points: string) => Math.round((Number(points) * 25.4) / 72);
  return [...boxes].map(([, width, height]) => `${millimetres(width!)} × ${millimetres(height!)} mm`);
}

test('the board and a structure print on ordinary paper, without what is for hands', async ({ town, visit }) => {
  await booked(town, town.day(0), 'G-1');
  const worker = await visit({ account: 'worker@demo' });
  await worker.getByLabel('Âge (mois)').fill('20');
  const cell = place(worker, { facility: lucioles, date: town.day(1), period: 'matin' });
  await expect(cell).toBeVisible();
  await worker.emulateMedia({ media: 'print' });
  await expect(cell).toBeVisible();
  for (const part of [worker.getByRole('banner'), worker.getByRole('contentinfo'), worker.getByLabel('Âge (mois)')]) {
    await expect(part).toBeHidden();
  }
  const sizes = new Set(pagesOf(await worker.pdf({ preferCSSPageSize: true, format: 'A4', landscape: true })));
  expect([...sizes]).toEqual(['297 × 210 mm']);

  const manager = await visit({ account: 'manager@demo' });
  await expect(manager.getByText('Lina')).toBeVisible();
  await manager.emulateMedia({ media: 'print' });
  await expect(manager.getByText('Lina')).toBeVisible();
  await expect(plus(manager, 'Moyens', 'matin', town.day(0))).toBeHidden();
});

for (const [sheet, width] of [
  ['upright', 718],
  ['lying', 1047],
] as const) {
  test(`a week prints its counts (${sheet})`, async ({ town, visit }) => {
    const today = town.day(0);
    await town.setOpen(lucioles.id, today, 'matin', 'moyens', 7, 2);
    await booked(town, today, 'G-1');
    const page = await visit({ account: 'manager@demo', path: '/structure/semaine' });
    await expect(typedPlaces(page, 'Moyens', 'matin', today)).toHaveValue('7');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width, height: 1000 });
    await expect(typedPlaces(page, 'Moyens', 'matin', today)).toBeHidden();
    await expect(page.getByRole('row', { name: /^Moyens/ }).getByText('7', { exact: true })).toBeVisible();
    await expect(page.getByText(`${lucioles.name} · places ouvertes`)).toBeVisible();
    expect(await outside(page)).toEqual([]);
    expect(await cutText(page)).toEqual([]);
  });
}

const ten = (town: Town) => Array.from({ length: 10 }, (_, day) => ({ date: town.day(day), period: 'matin' as const }));
const fiveWhole = (town: Town) =>
  ten(town)
    .slice(0, 5)
    .flatMap((morning) => [morning, { ...morning, period: 'apres-midi' as const }]);

for (const [what, land, facility, placesOf] of [
  ['ten mornings', 'usual', lucioles.id, ten],
  ['five whole days', 'usual', lucioles.id, fiveWhole],
  ['ten mornings in a structure whose name has 150 letters', 'crowded', ribambelle, ten],
] as const) {
  test.describe('a slip', () => {
    test.use({ land });

    test(`of ${what} is one page of A5, in letters that can be read at arm’s length`, async ({ town, visit }) => {
      const places = placesOf(town);
      for (const { date, period } of places) await town.setOpen(facility, date, period, 'moyens', 3);
      const booking = await bookedOften(town, places, ['G-1'], facility);
      const page = await visit({ account: 'worker@demo', path: `/reservations/${booking}/fiche` });
      const slip = page.getByRole('article');
      await expect(slip).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual(['148 × 210 mm']);
      expect(await cutText(page)).toEqual([]);
      for (const { date } of places) await expect(slip).toContainText(new RegExp(dayPattern(date), 'i'));
      const smallest = await slip.evaluate((article) =>
        Math.min(...[...article.querySelectorAll('*')].map((one) => parseFloat(getComputedStyle(one).fontSize))),
      );
      expect((smallest * 72) / 96).toBeGreaterThanOrEqual(land === 'usual' ? 13.9 : 11.9);
    });
  });
}
