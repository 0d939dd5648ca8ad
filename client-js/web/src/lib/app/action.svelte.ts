// What a button does: once however often it is tapped, told when it is refused, and the focus is somewhere afterwards. That a
// change is made once, and asked for until it is known what became of it, `session.change` sees to.
import { tick } from 'svelte';
import { announcer } from './announcer.svelte';
import { tell } from './problems';

export interface After<Result> {
  /** Said aloud when it is done. */
  said?: string | ((result: Result) => string);
  /** Where the reader goes on; without it, or where that is gone, the focus stays, or goes to the page's heading. */
  focus?: () => HTMLElement | null | undefined;
}

export class Action {
  busy = $state(false);
  /** Why it was not done, in words; empty: it was, or was not tried. */
  refused = $state('');

  /** true: it is done. */
  async run<Result>(call: () => Promise<Result>, { said, focus }: After<Result> = {}): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refused = '';
    try {
      const result = await call();
      const words = typeof said === 'function' ? said(result) : said;
      if (words) announcer.say(words);
      await goOn(focus);
      return true;
    } catch (error) {
      this.refused = tell(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** After what was pressed may have gone: to where the reader goes on, and never to nowhere. */
export async function goOn(focus?: After<unknown>['focus']): Promise<void> {
  await tick();
  focus?.()?.focus();
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
}
