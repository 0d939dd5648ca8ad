import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDocument } from '../../integration/support/settings.js';
import { type Land, lands } from './lands.js';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * The zone in which it is now between 7 and 8 in the morning: half-days that are over, closed week-ends and
 * midnights would make the tests depend on the hour at which they run.
 */
export function morningZone(now = new Date()): string {
  const eastward = (7 - now.getUTCHours() + 24) % 24;
  const offset = eastward > 14 ? eastward - 24 : eastward;
  // POSIX counts westward.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

export interface Changes {
  timezone: string;
  openEveryDay: boolean;
  land: Land;
}

/** Writes the demo territory into the folder, changed so; its path. */
export function writeMorningTerritory(folder: string, { timezone, openEveryDay, land }: Changes): string {
  const document = lands[land](JSON.parse(readFileSync(demoDocument, 'utf8')));
  document.territory.timezone = timezone;
  for (const facility of openEveryDay ? document.facilities : []) {
    facility.closures = [];
    for (const period of facility.periods) period.days = everyDay;
  }
  const path = join(folder, 'morning.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}
