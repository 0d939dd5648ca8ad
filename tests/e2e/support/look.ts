import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.js';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url));

/** Keeps a picture of the page as it is, and asks axe what is wrong with it: nothing may be, and nothing sticks out at its side. */
export async function look(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  await showWhole(page);
  await page.screenshot({ path: `${artefacts}${name}-${width}.png`, animations: 'disabled' });
  const [all, window] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect.soft(all, `${name}: its width`).toBeLessThanOrEqual(window);
  // Its types come from another version of Playwright.
  const { violations } = await new AxeBuilder({ page: page as never }).withTags(rules).analyze();
  await page.setViewportSize({ width, height });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  );
  expect.soft(found, name).toEqual([]);
}

/**
 * As high as the page, also when it is still growing: what sticks to the edges of a window would hide half of it. A
 * page that is always a little higher than its window is followed a few times.
 */
async function showWhole(page: Page): Promise<void> {
  for (let times = 0; times < 4; times++) {
    const { width, height } = page.viewportSize()!;
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    if (whole <= height) break;
    await page.setViewportSize({ width, height: whole });
  }
}
