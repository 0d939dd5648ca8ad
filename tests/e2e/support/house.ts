import type { Locator, Page } from '@playwright/test';
import { dayPattern, halfNames } from './words.js';
import type { Half } from './town.js';

/** The + of a section's count. */
export function plus(page: Page, section: string, period: Half, date: string): Locator {
  return page.getByRole('button', {
    name: new RegExp(`^Ouvrir une place : ${section}, ${halfNames[period]}, ${dayPattern(date)}$`),
  });
}

/** The bookings that nobody here has seen yet. */
export const arrivals = (page: Page): Locator =>
  page.getByRole('region', { name: /^\d+\snouvelles? réservations?$/ });
