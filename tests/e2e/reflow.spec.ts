// However small the window, however large the letters, however much there is: nothing is cut off, lost or too small.
import type { Page } from '@playwright/test';
import { askFor, hold } from './support/board.js';
import { booked, bookedOften } from './support/booked.js';
import { arrivals, openPlaces } from './support/house.js';
import { longName } from './support/lands.js';
import { cutText, nearLinks, outside, smallTargets, spaceOut } from './support/measure.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles } from './support/town.js';
import { longCase, strangerPaths, walkBoard, walkHouse } from './support/walks.js';

const sizes: Size[] = ['phone', 'tablet', 'desk'];

/** All of a page is seen, and can be read. */
async function expectWhole(page: Page): Promise<void> {
  expect.soft(await outside(page), 'outside').toEqual([]);
  expect.soft(await cutText(page), 'cut').toEqual([]);
}

for (const size of sizes) {
  test.describe(`a crowded territory (${size})`, () => {
    test.use({ land: 'crowded' });

    test('25 structures and a name of 150 letters on the board', async ({ town, visit }) => {
      const page = await visit({ account: 'worker@demo', size });
      await expect(page.getByText(longName).first()).toBeAttached();
      await walkBoard(page, town, expectWhole);
    });

    test('25 structures, one of them with 60 arrivals', async ({ town, visit }) => {
      const today = town.day(0);
      await town.setOpen(lucioles.id, today, 'matin', 'moyens', 60);
      await bookedOften(
        town,
        [{ date: today, period: 'matin' }],
        Array.from({ length: 60 }, (_, n) => `${longCase.slice(4)}${n}`),
      );
      const page = await visit({ account: 'manager@demo', size });
      await expect(arrivals(page)).toContainText(/60\snouvelles réservations/);
      await walkHouse(page, town, expectWhole);
      await page.getByRole('link', { name: /^Aujourd’hui/ }).click();
      await page.getByRole('button', { name: 'Voir les 54 autres' }).click();
      await page.getByLabel('Structure').selectOption({ label: longName });
      await expect(page.getByRole('heading', { name: longName })).toBeVisible();
      await expectWhole(page);
    });
  });

  for (const [land, words] of [
    ['bare', 'Aucune structure n’est encore inscrite sur ce territoire.'],
    ['silent', 'non renseigné'],
  ] as const) {
    test.describe(`a ${land} territory (${size})`, () => {
      test.use({ land });

      test('says so', async ({ visit }) => {
        const worker = await visit({ account: 'worker@demo', size });
        await expect(worker.getByText(words).first()).toBeVisible();
        await expectWhole(worker);
        const manager = await visit({ account: 'manager@demo', size });
        await expect(
          manager.getByText(land === 'bare' ? 'Aucune structure n’est liée à ce compte.' : words).first(),
        ).toBeVisible();
        await expectWhole(manager);
      });
    });
  }
}

const windows = {
  '320 × 256': { width: 320, height: 256 },
  'half of a desk’s, as at 200 %': { width: 720, height: 450 },
  'half of a tablet’s, as at 200 %': { width: 410, height: 590 },
};

for (const [name, window] of Object.entries(windows)) {
  test(`nothing is lost in a window of ${name}`, async ({ town, visit }) => {
    await booked(town, town.day(0), 'G-1');
    const pages = [];
    for (const account of ['worker@demo', 'manager@demo', undefined] as const) {
      const page = await visit({ account, size: 'phone' });
      await page.setViewportSize(window);
      pages.push(page);
    }
    const [worker, manager, stranger] = pages as [Page, Page, Page];
    await walkBoard(worker, town, async (page) => {
      await expectWhole(page);
      const focused = page.locator('input:focus');
      if (await focused.count()) await expect(focused).toBeInViewport();
    });
    await walkHouse(manager, town, expectWhole);
    for (const path of strangerPaths) {
      await stranger.goto(path);
      await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
      await expectWhole(stranger);
    }
  });
}

for (const size of ['phone', 'desk'] as const) {
  test(`letters, words and lines further apart cut nothing (${size})`, async ({ town, visit }) => {
    await booked(town, town.day(0), 'G-1');
    const apart = async (page: Page) => {
      await spaceOut(page);
      await expectWhole(page);
    };
    await walkBoard(await visit({ account: 'worker@demo', size }), town, apart);
    await walkHouse(await visit({ account: 'manager@demo', size }), town, apart);
    const stranger = await visit({ size });
    for (const path of strangerPaths) {
      await stranger.goto(path);
      await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
      await apart(stranger);
    }
  });
}

test('what is pressed on a phone is 44 px wide and high', async ({ town, visit }) => {
  await booked(town, town.day(0), 'G-1');
  const expectLarge = async (page: Page) => {
    expect.soft(await smallTargets(page), page.url()).toEqual([]);
    expect.soft(await nearLinks(page), page.url()).toEqual([]);
  };
  await walkBoard(await visit({ account: 'worker@demo', size: 'phone' }), town, expectLarge);
  await walkHouse(await visit({ account: 'manager@demo', size: 'phone' }), town, expectLarge);
  const stranger = await visit({ size: 'phone' });
  for (const path of [...strangerPaths, '/mentions-legales', '/donnees-personnelles', '/nulle-part']) {
    await stranger.goto(path);
    await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible();
    await expectLarge(stranger);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`forced colours leave the place one is at, what has changed, and how the link fares (${colorScheme})`, async ({
    town,
    visit,
  }) => {
    const page = await visit({ account: 'manager@demo' });
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const edge = (name: string) =>
      page.getByRole('link', { name, exact: true }).evaluate((link) => getComputedStyle(link).borderBottomColor);
    expect(await edge('Aujourd’hui')).not.toBe(await edge('Tableau'));
    await expect(openPlaces(page, 'Moyens')).toBeVisible();
    await town.setOpen(lucioles.id, town.day(0), 'matin', 'moyens', 7);
    const dot = page.locator('.dot').first();
    await expect(dot).toBeVisible();
    for (const [what, of] of [
      [dot, null],
      [page.locator('.link'), '::before'],
    ] as const) {
      expect(await what.evaluate(standsOut, of)).toBeGreaterThanOrEqual(3);
    }
  });
}

/** Runs in the page: the contrast between a mark and the canvas. */
function standsOut(mark: Element, pseudo: string | null): number {
  const canvas = document.createElement('p');
  canvas.style.setProperty('background-color', 'Canvas');
  document.body.append(canvas);
  const light = (style: string) => {
    const parts = (/rgba?\(([^)]+)/.exec(style)?.[1] ?? '').split(/[ ,]+/).slice(0, 3).map(Number);
    const [r = 0, g = 0, b = 0] = parts.map((part) => (part / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(mark, pseudo);
  const [one, two] = [
    light(borderTopWidth === '0px' ? backgroundColor : borderTopColor),
    light(getComputedStyle(canvas).backgroundColor),
  ];
  canvas.remove();
  return Math.max(one, two) / Math.min(one, two);
}

test('fields that are due are marked, and the mark is explained', async ({ town, visit }) => {
  const unmarked = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>('[required]')]
        .filter((field) => ![...(field.labels ?? [])].some((label) => /\*|obligatoire/.test(label.textContent ?? '')))
        .map(({ id }) => id),
    );
  const stranger = await visit();
  await expect(stranger.getByLabel('Identifiant')).toBeVisible();
  expect(await unmarked(stranger)).toEqual([]);
  await stranger.getByRole('button', { name: 'Mot de passe oublié' }).click();
  expect(await unmarked(stranger)).toEqual([]);
  const worker = await visit({ account: 'worker@demo' });
  await expect(worker.getByText('* obligatoire pour retenir une place')).toBeVisible();
  await expect(worker.getByRole('group', { name: /^Déjà venu.*obligatoire/ })).toBeVisible();
  await askFor(worker);
  await hold(worker, { facility: lucioles, date: town.day(1), period: 'matin' });
  await expect(worker.getByLabel('Référence du dossier')).toBeFocused();
  expect(await unmarked(worker)).toEqual([]);
});

test('« insertion (VIP) » is spelled out once on each page that speaks of it', async ({ town, visit }) => {
  await town.setOpen(lucioles.id, town.day(0), 'matin', 'moyens', 3, 2);
  for (const [account, path] of [
    ['worker@demo', '/'],
    ['manager@demo', '/'],
    ['manager@demo', '/structure/semaine'],
    ['coordinator@demo', '/'],
  ] as const) {
    const page = await visit({ account, path });
    await expect(page.getByText(/insertion/).first()).toBeAttached();
    await expect(page.getByText(lucioles.name).first()).toBeAttached();
    const inFull = () =>
      page.evaluate(() => document.body.innerText.match(/à vocation d’insertion professionnelle/g)?.length);
    await expect.poll(inFull, `${account} ${path}`).toBe(1);
  }
});
