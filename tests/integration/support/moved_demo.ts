import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDocument } from './settings.js';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * The zone in which it is now that hour, and some minutes: half-days that are over, closed week-ends and midnights would
 * make the tests depend on the hour at which they run.
 */
export function zoneAt(hour: number, now = new Date()): string {
  const eastward = (hour - now.getUTCHours() + 24) % 24;
  const offset = eastward > 14 ? eastward - 24 : eastward;
  // POSIX counts westward.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** The date in a zone, some days from its today. */
export function dayIn(timezone: string, fromToday = 0): string {
  const date = new Date(Date.now() + fromToday * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' }).format(date);
}

/** The demo's document, as far as tests change it. */
export interface Document {
  territory: { timezone: string };
  facilities: Facility[];
  cells: { facility: string }[];
}

export interface Facility {
  id: string;
  name: string;
  kind: string;
  capacity: number;
  closures: object[];
  periods: { days: string[]; capacity?: number }[];
}

/** Writes the demo territory into the folder, changed and moved to that zone and, if asked for, open every day; its path. */
export function writeMovedDemo(
  folder: string,
  timezone: string,
  openEveryDay: boolean,
  changed: (document: Document) => Document = (document) => document,
): string {
  const document = changed(JSON.parse(readFileSync(demoDocument, 'utf8')));
  document.territory.timezone = timezone;
  for (const facility of openEveryDay ? document.facilities : []) {
    facility.closures = [];
    for (const period of facility.periods) period.days = everyDay;
  }
  const path = join(folder, 'moved-demo.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}
