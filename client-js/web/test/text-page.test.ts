import { expect, test } from 'vitest';
import { blocksOf } from '../src/lib/app/text-page';

test('headings, lines and lists', () => {
  expect(blocksOf('Une ligne.\n\n## Un titre\n- un\n- deux\nEncore.\n- trois\n')).toEqual([
    { kind: 'line', text: 'Une ligne.' },
    { kind: 'heading', text: 'Un titre' },
    { kind: 'list', points: ['un', 'deux'] },
    { kind: 'line', text: 'Encore.' },
    { kind: 'list', points: ['trois'] },
  ]);
});
