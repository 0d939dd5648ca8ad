// What Ctrl+P makes of the pages: tables that can be read, on the reader's own paper; the slip alone has a paper of its own.
import { booked } from './support/booked.js';
import { place } from './support/board.js';
import { plus } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

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
