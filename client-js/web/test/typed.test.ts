// What people type, with what it is to be read as: tests/cases, read here.
import { readFileSync } from 'node:fs';
import lines from 'virtual:communes';
import { describe, expect, test } from 'vitest';
import { readAge, readAges } from '../src/lib/typed/age';
import { communeTrouble, mayBeElsewhere, meant, searchCommunes } from '../src/lib/typed/communes';
import { namesIn } from '../src/lib/typed/france.svelte';
import { hoursTrouble, readTime } from '../src/lib/typed/hours';
import { plain } from '../src/lib/typed/text-match';
import { phone, phonesOf, readPhone, readPhones } from '../src/lib/words/phone';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));
// The cases of a file differ in what they have.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const cases = (name: string): any[] => read(`tests/cases/${name}.json`);
const hard = (text: string) => text.replaceAll(' ', '\u00a0');

describe('ages', () => {
  test.each(cases('typed-ages'))('$typed', ({ typed, months, error, today = '2026-11-28' }) => {
    const reading = readAge(typed, today);
    expect(reading.value).toBe(months ?? null);
    expect(reading.trouble !== '').toBe(error === true);
  });

  test.each([
    ['18 m', 18],
    ['1 an et demie', 18],
    ['née le 1er mars 2025', 20],
    ['né le 3.2.25', 21],
    ['2,5 ans', 30],
    ['143', 143],
  ])('%s', (typed, months) => expect(readAge(typed, '2026-11-28')).toEqual({ value: months, trouble: '' }));

  test.each([
    ['14 et 31', [14, 31]],
    ['14, 31', [14, 31]],
    ['8 mois + 2 ans', [8, 24]],
    ['1 an et demi', [18]],
    ['1 an et demi et 3 mois', [18, 3]],
    ['20', [20]],
  ])('of brothers and sisters: %s', (typed, ages) => {
    expect(readAges(typed, '2026-11-28')).toEqual({ value: ages, trouble: '' });
  });

  test.each(['14 et demain', '1,5 et 3', '1 et 2 et 3 et 4 et 5 et 6 et 7'])('%s is asked about', (typed) => {
    const { value, trouble } = readAges(typed, '2026-11-28');
    expect(value).toBeNull();
    expect(trouble).not.toBe('');
  });

  test.each(['1,3 an', '20 jours', '2 ans 20', '144', '3/25', 'né le', '13/2025', '1,5 an et demi'])(
    '%s is asked about',
    (typed) => {
      const { value, trouble } = readAge(typed, '2026-11-28');
      expect(value).toBeNull();
      expect(trouble).not.toBe('');
    },
  );

  test('nothing typed is neither an age nor an error', () => {
    expect(readAge('  ', '2026-11-28')).toEqual({ value: null, trouble: '' });
  });
});

describe('hours', () => {
  const typed = cases('typed-hours').filter((each) => 'typed' in each);
  const pairs = cases('typed-hours').filter((each) => 'arrive' in each);

  test.each(typed)('$typed', ({ typed, time, error }) => {
    const reading = readTime(typed);
    expect(reading.value).toBe(time ?? null);
    expect(reading.trouble !== '').toBe(error === true);
  });

  test.each(pairs)('$arrive to $leave: $error', ({ arrive, leave, period }) => {
    const [start, end] = period?.split('-') ?? [];
    const told = hoursTrouble(arrive, leave, period && { name: 'Matin', start, end });
    expect(told).not.toBeNull();
  });

  test('the whole period, or a part of it, is fine', () => {
    const morning = { name: 'Matin', start: '08:00', end: '12:30' };
    for (const [arrive, leave] of [
      ['', ''],
      ['08:00', '12:30'],
      ['08:15', ''],
      ['', '11:45'],
    ] as const) {
      expect(hoursTrouble(arrive, leave, morning)).toBeNull();
    }
  });
});

describe('communes', () => {
  const territory = read('demo/plaine-dijonnaise.json').territory.communes;
  const france = namesIn(lines);

  test.each(cases('communes'))('$typed', ({ typed, proposed, outside }) => {
    const found = searchCommunes(typed, territory, france);
    expect(found.inside.map(({ commune }) => commune.insee)).toEqual(proposed ?? []);
    if (outside) expect(found.outside[0]?.commune.insee).toBe(outside);
    if (!outside && proposed.length === 0) expect(found.outside).toEqual([]);
  });

  test('homonyms are told apart by their département, those near by first', () => {
    const { outside } = searchCommunes('st remy', territory, france);
    expect(outside[0]).toMatchObject({ commune: { name: 'Saint-Rémy' }, aside: '21' });
    expect(new Set(outside.map(({ aside }) => aside)).size).toBeGreaterThan(1);
  });

  test('a former name leads to the commune of today, and says which', () => {
    expect(searchCommunes('tart le haut', territory, france).inside).toEqual([
      { commune: expect.objectContaining({ insee: '21623', name: 'Tart' }), aside: 'Tart-le-Haut' },
    ]);
  });

  test('a postcode is that of several', () => {
    expect(searchCommunes('21110', territory, france).inside.length).toBeGreaterThan(8);
  });

  test('a postcode elsewhere, whole: the largest first', () => {
    const find = (text: string) => searchCommunes(text, territory, france).outside.map(({ commune }) => commune.name);
    expect(find('21000')).toEqual(['Dijon']);
    expect(find('21800')[0]).toBe('Chevigny-Saint-Sauveur');
    expect(find('75116')).toEqual(['Paris']);
    expect(find('2a004')).toContain('Ajaccio');
    expect(find('2100')).toEqual([]);
    expect(mayBeElsewhere('2100')).toBe(false);
    expect(mayBeElsewhere('21000')).toBe(true);
  });

  test('only what can mean one commune is taken when the field is left', () => {
    const find = (text: string) => searchCommunes(text, territory, france);
    expect(meant('longch', find('longch'))?.name).toBe('Longchamp');
    expect(meant('Tart', find('Tart'))?.insee).toBe('21623');
    expect(meant('lon', find('lon'))).toBeNull();
    expect(communeTrouble('lon', find('lon'))).toBe(
      'Choisissez la commune dans la liste : Longchamp, Longeault-Pluvault, Longecourt-en-Plaine.',
    );
    expect(communeTrouble('zzz', find('zzz'))).toBe('« zzz » : commune inconnue. Corrigez, ou effacez.');
  });

  test('accents, hyphens, apostrophes and capitals do not matter', () => {
    expect(plain('L’Œuvre-à-ÉCRIRE')).toBe('l oeuvre a ecrire');
  });
});

describe('telephone numbers', () => {
  test.each(cases('phones'))('$typed', ({ typed, shown, tel, error }) => {
    const found = readPhone(typed);
    if (error) return expect(found).toBeNull();
    expect(found).toEqual({ shown: hard(shown), tel });
  });

  test('two of them have room', () => {
    expect(readPhones('0353010012 / +32 2 123 45 67')).toEqual([
      { shown: hard('03 53 01 00 12'), tel: 'tel:+33353010012' },
      { shown: hard('+32 2 123 45 67'), tel: 'tel:+3221234567' },
    ]);
    expect(readPhones('0353010012 / 12')).toBeNull();
  });

  test('what was recorded otherwise is shown as it is, and dialled by hand', () => {
    expect(phone('demander à l’accueil')).toBe('demander à l’accueil');
    expect(phonesOf('demander')).toEqual([{ shown: 'demander', tel: '' }]);
  });
});
