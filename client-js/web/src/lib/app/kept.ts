// What a browser keeps for a page, under a name: in this tab, or on this device.

export interface Kept<Value> {
  /** null: nothing is kept, or nothing that can be read. */
  get(): Value | null;
  keep(value: Value): void;
  forget(): void;
}

/** `read` makes of what was found what is meant, or null: another version of the pages may have written it. */
export function kept<Value>(
  storage: 'sessionStorage' | 'localStorage',
  name: string,
  read: (found: unknown) => Value | null,
): Kept<Value> {
  return {
    get() {
      try {
        const text = globalThis[storage].getItem(name);
        return text === null ? null : read(JSON.parse(text));
      } catch {
        return null;
      }
    },
    keep(value) {
      try {
        globalThis[storage].setItem(name, JSON.stringify(value));
      } catch {
        // A browser that keeps nothing: the page does without.
      }
    },
    forget() {
      globalThis[storage].removeItem(name);
    },
  };
}

export const strings = (found: unknown): string[] | null => (Array.isArray(found) ? found.map(String) : null);
