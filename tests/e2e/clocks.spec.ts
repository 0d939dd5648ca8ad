// The time is the server's, whatever the desk's clock says; and a page is one person's, whoever signs in beside it.
import type { Page } from '@playwright/test';
import { Proxy } from '../integration/support/proxy.js';
import { askFor, hold, offers, panel, place, secondsLeft } from './support/board.js';
import { openPlaces } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

/** A desk whose clock goes wrong by so much, and can be set again with `window.shift`. */
function shifted(hours: number) {
  return async (page: Page) => {
    await page.addInitScript((ms) => {
      const Real = Date;
      Object.assign(window, { shift: ms });
      const now = () => Real.now() + (window as unknown as { shift: number }).shift;
      window.Date = class extends Real {
        constructor(...given: []) {
          super(...(given.length === 0 ? ([now()] as unknown as []) : given));
        }
        static override now = now;
      } as DateConstructor;
    }, hours * 3_600_000);
  };
}

const setClock = (page: Page, hours: number) =>
  page.evaluate((ms) => void Object.assign(window, { shift: ms }), hours * 3_600_000);

for (const hours of [-1, 1, 24]) {
  test(`a clock that is ${hours} h off, and is set meanwhile, changes no age, day or countdown`, async ({
    town,
    visit,
  }) => {
    const slot = { facility: lucioles, date: town.day(1), period: 'matin' } as const;
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 2);
    const page = await visit({ account: 'worker@demo', before: shifted(hours) });
    await askFor(page);
    await expect(place(page, slot)).toHaveAccessibleName(
      /2\splaces à .*, réservation immédiate, confirmé à l’instant$/,
    );
    await expect(page.getByRole('columnheader', { name: /^Aujourd’hui/ })).toContainText(
      String(Number(town.day(0).slice(8))),
    );
    await hold(page, slot);
    await expect.poll(() => secondsLeft(page)).toBeGreaterThan(280);
    await setClock(page, hours - 2);
    await expect.poll(() => secondsLeft(page)).toBeLessThan(295);
    expect(await secondsLeft(page)).toBeGreaterThan(260);
    await expect(page.getByText('En direct')).toBeVisible();
    await setClock(page, hours + 2);
    await expect.poll(() => secondsLeft(page)).toBeLessThan(290);
    expect(await secondsLeft(page)).toBeGreaterThan(250);
    await expect(panel(page, 'Place retenue')).toBeVisible();
  });
}

test('another person signs in beside the page: nothing of the first is left', async ({ town, visit }) => {
  const slot = { facility: lucioles, date: town.day(1), period: 'matin' } as const;
  const line = await Proxy.before(town.port);
  try {
    const page = await visit({ account: 'worker@demo', url: line.url });
    await askFor(page);
    await expect(place(page, slot)).toHaveAccessibleName(offers(2));
    await hold(page, slot);
    await page.getByLabel('Référence du dossier').fill('G-secret');
    const headers = { origin: line.url };
    const asked = { headers, data: { account: 'manager@demo', password: 'demo' } };
    expect((await page.context().request.post(`${line.url}/session`, asked)).ok()).toBe(true);
    line.cut();
    line.mend();
    await expect(page.getByRole('link', { name: 'Aujourd’hui' })).toBeVisible({ timeout: 30_000 });
    await expect(openPlaces(page, 'Moyens')).toBeVisible();
    await page.getByRole('link', { name: 'Tableau' }).click();
    await expect(page.getByLabel('Âge (mois)')).toHaveValue('');
    await expect(panel(page, 'Place retenue')).toBeHidden();
    await expect(page.getByText('G-secret')).toBeHidden();
  } finally {
    await line.close();
  }
});
