// The ways through the pages, for what has to be true at each of their stops.
import { expect, type Page } from '@playwright/test';
import { askFor, fillForm, panel, place } from './board.js';
import { arrivals, minus, openPlaces, plus } from './house.js';
import { lucioles, type Town } from './town.js';

/** As long as a case reference may be. */
export const longCase = 'G-2041-'.repeat(10).slice(0, 64);

/** What can be seen without signing in. */
export const strangerPaths = ['/connexion', '/aide', '/accessibilite'];

/** A worker's way from the need to a booking; `look` is called at each of its stops. */
export async function walkBoard(page: Page, town: Town, look: (page: Page) => Promise<void>): Promise<void> {
  const isSheet = (page.viewportSize()?.width ?? 0) < 1100;
  await expect(page.getByText(lucioles.name).first()).toBeVisible();
  await look(page);
  await askFor(page);
  await page.getByLabel('Commune').fill('lon');
  await look(page);
  await page.getByRole('option', { name: 'Longchamp' }).click();
  await page.getByRole('button', { name: 'Demain matin' }).click();
  if (isSheet) await page.getByRole('button', { name: 'Voir les places' }).click();
  await page.getByText('Que veulent dire les signes').click();
  await look(page);
  const slot = { facility: lucioles, date: town.day(1), period: 'apres-midi' } as const;
  await place(page, slot).click();
  await look(page);
  await place(page, slot).click();
  await page.getByRole('button', { name: 'Retenir 5 min' }).click();
  await expect(page.getByLabel('Référence du dossier')).toBeFocused();
  await look(page);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(page.getByText('Indiquez la référence du dossier.')).toBeVisible();
  await look(page);
  await fillForm(page, longCase);
  await page.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(panel(page, 'Confirmé')).toBeVisible();
  await look(page);
  if (isSheet) await page.getByRole('button', { name: 'Revenir au tableau' }).click();
  await expect(page.getByText(longCase)).toBeVisible();
  await page.getByRole('button', { name: 'Annuler la réservation…' }).first().click();
  await look(page);
  await page.getByRole('button', { name: 'Garder la réservation' }).click();
  await page.getByRole('link', { name: 'Fiche' }).first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await look(page);
}

/** A manager's way through arrivals, counts and days. */
export async function walkHouse(page: Page, town: Town, look: (page: Page) => Promise<void>): Promise<void> {
  await expect(arrivals(page)).toBeVisible();
  await expect(openPlaces(page, 'Moyens')).toBeVisible();
  await look(page);
  await plus(page, 'Moyens', 'matin', town.day(0)).click();
  await page.getByRole('button', { name: 'Jusqu’à…' }).click();
  await look(page);
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await minus(page, 'Moyens', 'matin', town.day(0)).click();
  await page.getByRole('button', { name: 'La famille a prévenu' }).first().click();
  await look(page);
  await page.getByRole('button', { name: /^Fermer .*…$/ }).click();
  await expect(page.getByRole('button', { name: 'Ne pas fermer' })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Ne pas fermer' }).click();
  await page.getByRole('button', { name: 'Combien puis-je ouvrir' }).click();
  await look(page);
  for (const place of ['Semaine', 'Attendus']) {
    await page.getByRole('link', { name: new RegExp(`^${place}`) }).click();
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    await look(page);
  }
}
