// Rows do not move under a finger: what is shown follows what is known when the hands have been still for a moment.

import { untrack } from 'svelte';

const stillAfterMs = 1_200;

let movedAt = -Infinity;
if (typeof addEventListener === 'function') {
  const move = () => (movedAt = performance.now());
  for (const kind of ['pointerdown', 'pointerup', 'keydown'])
    addEventListener(kind, move, { capture: true, passive: true });
}

export class Still<Value> {
  /** As it was when the hands were last still. */
  shown: Value = $state.raw() as Value;

  /** To be made while a component is. `isOther`: whether it is so different that it must not wait, as another page's. */
  constructor(read: () => Value, isOther: (shown: Value, known: Value) => boolean) {
    this.shown = read();
    $effect(() => {
      const known = read();
      const wait = movedAt + stillAfterMs - performance.now();
      if (wait <= 0 || untrack(() => isOther(this.shown, known))) {
        this.shown = known;
        return;
      }
      const follow = () => {
        const more = movedAt + stillAfterMs - performance.now();
        if (more > 0) timer = setTimeout(follow, more);
        else this.shown = known;
      };
      let timer = setTimeout(follow, wait);
      return () => clearTimeout(timer);
    });
  }
}
