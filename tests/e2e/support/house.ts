import type { Locator, Page } from '@playwright/test';
import { dayPattern, halfNames } from './words.js';
import type { Half } from './town.js';

/** The + of a section's count. */
export const plus = (page: Page, section: string, period: Half, date: string): Locator =>
  step(page, 'Ouvrir', section, period, date);

/** The − of a section's count. */
export const minus = (page: Page, section: string, period: Half, date: string): Locator =>
  step(page, 'Fermer', section, period, date);

function step(page: Page, verb: string, section: string, period: Half, date: string): Locator {
  return page.getByRole('button', {
    name: new RegExp(`^${verb} une place : ${section}, ${halfNames[period]}, ${dayPattern(date)}$`),
  });
}

/** How many places a section has open in the first half of the day. */
export const openPlaces = (page: Page, section: string): Locator =>
  page
    .getByRole('group', { name: section, exact: true })
    .getByText(/^\d+\souvertes?$/)
    .first();

/** How many of them others see free. */
export const freePlaces = (page: Page, section: string): Locator =>
  page
    .getByRole('group', { name: section, exact: true })
    .getByText(/^\d+\slibres?$/)
    .first();

/** A field of a week's grid. */
export const typedPlaces = (page: Page, section: string, period: Half, date: string): Locator =>
  page.getByRole('textbox', {
    name: new RegExp(`^${section}, ${dayPattern(date)}, ${halfNames[period]}, places ouvertes$`),
  });

/** The bookings that nobody here has seen yet. */
export const arrivals = (page: Page): Locator => page.getByRole('region', { name: /^\d+\snouvelles? réservations?$/ });
