// A long list is put on screen piece by piece: the first screenful at once, the rest between other work.

const atOnce = 20;
const piece = 8;

export class Growing {
  count = $state(atOnce);

  /** To be made while a component is: it grows as long as that lives. */
  constructor(total: () => number) {
    $effect(() => {
      if (this.count >= total()) return;
      const timer = setTimeout(() => (this.count += piece));
      return () => clearTimeout(timer);
    });
  }
}
