import type { Locator, Page } from '@playwright/test';
import { dayPattern, halfNames } from './words.js';
import type { Half } from './town.js';

export interface Slot {
  facility: { name: string };
  date: string;
  period: Half;
  /** Its name, while no age is given: the board has a row for each. */
  section?: string;
}

/** The button of a place, on the grid of a desk or on the card of a phone. */
export function place(page: Page, { facility, date, period, section }: Slot): Locator {
  return page.getByRole('button', {
    name: new RegExp(`^${facility.name},${section ? ` ${section},` : ''}.* ${dayPattern(date)}, ${halfNames[period]},`),
  });
}

/** A child of 20 months who has not been there yet: what has to be known before a place is held. */
export async function askFor(page: Page, age = '20'): Promise<void> {
  await page.getByLabel('Âge (mois)').fill(age);
  await page.getByRole('button', { name: 'Non', exact: true }).click();
}

/** The one button that holds what was chosen, beside the board or at the foot of a phone. */
export const retain = (page: Page): Locator => page.getByRole('button', { name: /^Retenir (cette|ces) / });

/** Chooses a place and holds it. */
export async function hold(page: Page, slot: Slot): Promise<void> {
  await place(page, slot).click();
  await retain(page).click();
}

/** A day of the strip above the cards of a phone. */
export const dayOfStrip = (page: Page, date: string): Locator =>
  page.getByRole('list', { name: 'Jour' }).getByRole('button', { name: new RegExp(`^${dayPattern(date)}$`) });

/** The button's name says how many there are for this child. */
export const offers = (count: number): RegExp => new RegExp(` : ${count}\\splaces? à `);

/** What a family's file says; the facility sees the child alone. */
export const file = {
  caseRef: 'G-2041',
  purpose: 'Entretien d’embauche',
  firstNames: 'Lina',
  phone: '03 53 01 09 99',
};

export async function fillForm(page: Page, caseRef = file.caseRef): Promise<void> {
  await page.getByLabel('Référence du dossier').fill(caseRef);
  await page.getByLabel('Motif').selectOption(file.purpose);
  await page.getByLabel('Prénom de l’enfant').fill(file.firstNames);
  await page.getByLabel('Tél. du parent').fill(file.phone);
  await page.getByLabel('Le parent est d’accord').check();
}

/** The panel beside the board of a desk, the sheet over that of a phone. */
export const panel = (page: Page, title: string): Locator => page.getByRole('region', { name: title });

export const timer = (page: Page): Locator => page.getByRole('timer');

export async function secondsLeft(page: Page): Promise<number> {
  const [minutes = NaN, seconds = NaN] = (await timer(page).innerText()).split(':').map(Number);
  return minutes * 60 + seconds;
}
