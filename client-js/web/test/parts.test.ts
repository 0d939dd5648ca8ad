import { expect, test } from 'vitest';
import { hoursTroubleOf, partsOf, type Asked, type Target } from '../src/lib/booking/parts';
import { facility, lucioles } from './samples';

const mill = facility({ id: 'varanges-moulin', name: 'Le Petit Moulin' });
const all = [lucioles, mill];
const asked: Asked = { ages: [20], today: '2026-11-24', arrive: '', leave: '' };

const at = (where: string, date: string, period = 'matin'): Target => ({
  facility: where,
  date: `2026-11-${date}`,
  period,
});

test('each structure is asked for its own places, in order of time', () => {
  const targets = [at('varanges-moulin', '26'), at('genlis-lucioles', '27'), at('genlis-lucioles', '26')];
  const parts = partsOf(targets, all, asked);
  expect(parts.map((part) => [part.facility, part.places.map(({ date }) => date.slice(8))])).toEqual([
    ['varanges-moulin', ['26']],
    ['genlis-lucioles', ['26', '27']],
  ]);
});

test('brothers and sisters have a place each, in the section of their age on that day', () => {
  const [part] = partsOf([at('genlis-lucioles', '26')], all, { ...asked, ages: [14, 20] });
  expect(part!.places.map(({ section, child }) => [section, child])).toEqual([
    ['bebes', 0],
    ['moyens', 1],
  ]);
  const [later] = partsOf([{ facility: 'genlis-lucioles', date: '2026-12-01', period: 'matin' }], all, {
    ...asked,
    ages: [14],
  });
  expect(later!.places[0]!.section).toBe('moyens');
});

test('a child comes once a day and goes once', () => {
  const day = [at('genlis-lucioles', '26', 'apres-midi'), at('genlis-lucioles', '26')];
  const whole = { ...asked, arrive: '08:15', leave: '17:00' };
  expect(partsOf(day, all, whole)[0]!.places).toEqual([
    { date: '2026-11-26', period: 'matin', section: 'moyens', child: 0, arrive: '08:15' },
    { date: '2026-11-26', period: 'apres-midi', section: 'moyens', child: 0, leave: '17:00' },
  ]);
  expect(hoursTroubleOf(day, all, whole)).toBeNull();
  expect(hoursTroubleOf([day[1]!], all, whole)).toMatchObject({ control: 'leave' });
  expect(hoursTroubleOf(day, all, { ...whole, arrive: '07:00' })).toMatchObject({ control: 'arrive' });
});
