import type { Locator, Page } from '@playwright/test';

/** A person's hand, which counts what the page asks of it. */
export class Hand {
  taps = 0;
  keys = 0;

  constructor(
    private readonly page: Page,
    private readonly touch: boolean,
  ) {}

  async tap(what: Locator): Promise<void> {
    this.taps += 1;
    await (this.touch ? what.tap() : what.click());
  }

  /** Types where the cursor already is. */
  async type(text: string): Promise<void> {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** A list of the system's own: one tap opens it, one chooses. */
  async choose(list: Locator, option: string): Promise<void> {
    this.taps += 2;
    await list.selectOption(option);
  }
}
