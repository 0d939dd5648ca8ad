import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until the element has the focus, which must be seen at every stop on the way. */
export async function tabTo(page: Page, target: Locator, most = 30): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    await expectVisibleFocus(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not within ${most} presses of Tab: ${target}`);
}

/** The element with the focus is in the window and has a line around it. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const focused = page.locator(':focus');
  await expect(focused).toBeInViewport();
  const line = await focused.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
  });
  expect(line, `outline of ${await focused.evaluate((element) => element.outerHTML)}`).toBeGreaterThanOrEqual(2);
}

/** From now on, keeps what the page's polite region says. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    const region = document.querySelector('body [aria-live="polite"]')!;
    new MutationObserver(() => said.push(region.textContent!.trim())).observe(region, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    Object.assign(window, { said });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}
