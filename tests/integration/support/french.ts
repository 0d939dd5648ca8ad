import { expect } from 'vitest';

/** Small words that a French sentence has, and an English one has not. */
const french =
  /(?<!\p{L})([ldn]’|le|la|les|un|une|des|de|du|au|aux|à|et|est|ne|pas|ce|cet|cette|ces|il|vous|votre|pour|sur|plus|trop)(?![’\p{L}])|[ldn]’\p{L}/iu;
const english = /(?<!\p{L})(the|of|is|are|was|not|no|and|to|too|with|this|that|your|for)(?!\p{L})/iu;

/** A sentence for people: it begins as one does, and is French. */
export function expectFrench(text: string): void {
  expect(text).toMatch(/^\p{Lu}\p{L}*[ ’-]/u);
  expect(text).toMatch(french);
  expect(text).not.toMatch(english);
}
