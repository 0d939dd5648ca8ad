// Without a mouse and without looking: the tab sequence, the focus, what is said aloud.
import { askFor, file, offers, panel, place, retain } from './support/board.js';
import { booked } from './support/booked.js';
import { plus } from './support/house.js';
import { expectVisibleFocus, listen, tabTo } from './support/keyboard.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';

test('a booking by keyboard alone, from the sign-in to the slip', async ({ town, visit }) => {
  const slot = { facility: lucioles, date: town.day(1), period: 'matin' } as const;
  const page = await visit();
  const { keyboard } = page;

  await test.step('sign in', async () => {
    await expect(page.getByLabel('Identifiant')).toBeFocused();
    await keyboard.type('worker@demo');
    await tabTo(page, page.getByLabel('Mot de passe'));
    await keyboard.type('demo');
    await keyboard.press('Enter');
  });

  await test.step('say the need', async () => {
    await expect(page.getByLabel('Âge (mois)')).toBeFocused();
    await keyboard.type('20');
    await tabTo(page, page.getByLabel('Commune'));
    await keyboard.type('lon');
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { name: 'Longeault-Pluvault' })).toHaveAttribute('aria-selected', 'true');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await expect(page.getByLabel('Commune')).toHaveValue('Longchamp');
    await tabTo(page, page.getByRole('button', { name: 'Non', exact: true }));
    await keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Non', exact: true })).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('walk the grid with the arrows', async () => {
    const first = place(page, { ...slot, date: town.day(0) });
    await tabTo(page, first);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await expect(place(page, slot)).toBeFocused();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await expect(place(page, slot)).toBeFocused();
    await expectVisibleFocus(page);
  });

  await test.step('hold, complete, book', async () => {
    const said = await listen(page);
    await keyboard.press('Enter');
    await expect(place(page, slot)).toHaveAttribute('aria-pressed', 'true');
    await tabTo(page, retain(page));
    await keyboard.press('Enter');
    await expect(page.getByLabel('Référence du dossier')).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByLabel('Référence du dossier')).toHaveAccessibleDescription(
      /Indiquez la référence du dossier\./,
    );
    await expect(page.getByLabel('Référence du dossier')).toBeFocused();
    await keyboard.type(file.caseRef);
    await keyboard.press('Enter');
    await expect(page.getByLabel('Motif')).toBeFocused();
    await keyboard.type('E');
    await tabTo(page, page.getByRole('button', { name: 'Réserver', exact: true }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Confirmé' })).toBeFocused();
    await expect
      .poll(said)
      .toEqual([expect.stringMatching(/^Place retenue pour 5\sminutes\.$/), 'Réservation confirmée.']);
  });

  await test.step('reach the slip', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Imprimer la fiche pour le parent' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Fiche pour le parent' })).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Imprimer' }));
  });
});

test('two links skip to the contents and to the first free place', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo' });
  await page.getByLabel('Âge (mois)').fill('20');
  await page.getByLabel('Âge (mois)').blur();
  const toContents = page.getByRole('link', { name: 'Aller au contenu' });
  await toContents.focus();
  await expectVisibleFocus(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  const toFree = page.getByRole('link', { name: 'Aller à la première place libre' });
  await tabTo(page, toFree, 1);
  await page.keyboard.press('Enter');
  const focused = page.locator(':focus');
  await expect(focused).toHaveAccessibleName(/^Les Lucioles, .* : \d+\splaces? à \d+\smois/);
});

test('only what is mine is said aloud, unless I ask', async ({ town, visit }) => {
  const slot = { facility: lucioles, date: town.day(1), period: 'matin' } as const;
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 2);
  const page = await visit({ account: 'worker@demo' });
  await page.getByLabel('Âge (mois)').fill('20');
  await expect(place(page, slot)).toHaveAccessibleName(offers(2));
  const said = await listen(page);

  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 3);
  await expect(place(page, slot)).toHaveAccessibleName(offers(3));
  expect(await said()).toEqual([]);

  await page.getByRole('button', { name: 'Annoncer les changements du tableau' }).press('Enter');
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 4);
  await expect.poll(said).toEqual([expect.stringContaining('Les Lucioles')]);
});

test('a manager hears what they did and who comes, and keeps their place', async ({ town, visit }) => {
  const today = town.day(0);
  const page = await visit({ account: 'manager@demo' });
  const more = plus(page, 'Moyens', 'matin', today);
  await more.focus();
  const said = await listen(page);
  await page.keyboard.press('Enter');
  await expect.poll(said).toEqual([expect.stringMatching(/^1\splace ouverte\s: Moyens, aujourd’hui matin\.$/)]);
  await expect(more).toBeFocused();

  await booked(town, today, 'G-1');
  await expect(page).toHaveTitle(/^\(1\) Les Lucioles/);
  await expect.poll(lastOf(said)).toMatch(/^1\snouvelle réservation\.$/);
  await expect(more).toBeFocused();
  await page.getByRole('button', { name: 'C’est noté' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect.poll(lastOf(said)).toBe('C’est noté. Le service est prévenu.');
});

test('on a phone the sheet keeps the focus, and Escape leaves it', async ({ visit }) => {
  const page = await visit({ account: 'worker@demo', size: 'phone' });
  await askFor(page);
  await page.getByRole('button', { name: 'Demain matin' }).tap();
  await page.getByRole('button', { name: 'Voir les places' }).tap();
  await page.getByRole('button', { name: 'Retenir 5 min' }).press('Enter');
  await expect(page.getByLabel('Référence du dossier')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page, 'Place retenue')).toBeHidden();
  await tabTo(page, page.getByRole('button', { name: /^\d:\d\d · Réserver$/ }), 60);
  await page.keyboard.press('Enter');
  await expect(panel(page, 'Place retenue')).toBeVisible();
});

const lastOf = (said: () => Promise<string[]>) => async () => (await said()).at(-1) ?? '';
