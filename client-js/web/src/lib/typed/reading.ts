/** What a typed text was read as. Nothing typed: neither value nor trouble. */
export interface Reading<Value> {
  value: Value | null;
  /** Why it could not be read, for the person who typed it; the text stays as it is. */
  trouble: string;
}

export const nothing = { value: null, trouble: '' };

export function read<Value>(value: Value): Reading<Value> {
  return { value, trouble: '' };
}

export function unread(trouble: string): Reading<never> {
  return { value: null, trouble };
}
