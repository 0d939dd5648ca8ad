// Where no WebSocket passes, people are told that what they see is asked for every few seconds; and it is.
import type { Page } from '@playwright/test';
import { askFor, offers, place } from './support/board.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';

/** As behind a proxy that knows no upgrade. */
async function withoutWebSockets(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Real = WebSocket;
    window.WebSocket = class extends Real {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(String(url).replace(/ws$/, 'nothing-here'), protocols);
      }
    };
  });
}

const sizes: Size[] = ['phone', 'desk'];

for (const size of sizes) {
  test(`the board tells how often it is read anew (${size})`, async ({ town, visit }) => {
    const slot = { facility: lucioles, date: town.day(0), period: 'matin' } as const;
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 2);
    const page = await visit({ account: 'worker@demo', size, before: withoutWebSockets });
    await expect(page.getByRole('banner')).toContainText(/Mis à jour toutes les 5\ss/, { timeout: 30_000 });
    await expect(page.getByText(/^Mis à jour toutes les 5\ss$/)).toBeInViewport();
    await expect(page.getByText('En direct')).toBeHidden();
    await askFor(page);
    if (size === 'phone') await page.getByRole('button', { name: 'Voir les places' }).click();
    await expect(place(page, slot)).toHaveAccessibleName(offers(2));
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
    await expect(place(page, slot)).toHaveAccessibleName(offers(1));
  });
}
