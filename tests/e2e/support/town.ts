import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayIn, writeMovedDemo, zoneAt } from '../../integration/support/moved_demo.js';
import { Server } from '../../integration/support/server.js';
import { Colleague } from './colleague.js';
import { type Land, lands } from './lands.js';

export type Half = 'matin' | 'apres-midi';

export const lucioles = { id: 'genlis-lucioles', name: 'Les Lucioles' };
export const ribambelle = 'aiserey-ribambelle';
export const moulin = { id: 'varanges-moulin', name: 'Le Petit Moulin' };

export interface TownOptions {
  /** Else on the demo's own days. */
  openEveryDay: boolean;
  /** How long a place is held. */
  holdSeconds: number;
  /** What there is. */
  land: Land;
}

/** A server with the demo's people and places, on a morning. */
export class Town {
  private constructor(
    private server: Server,
    private readonly timezone: string,
  ) {}

  static async start({ openEveryDay, holdSeconds, land }: TownOptions): Promise<Town> {
    const dataDir = mkdtempSync(join(tmpdir(), 'placette-e2e-'));
    const timezone = zoneAt(8);
    const args = ['--demo-document', writeMovedDemo(dataDir, timezone, openEveryDay, lands[land])];
    const env = { PLACETTE_HOLD_TTL_SECONDS: String(holdSeconds) };
    return new Town(await Server.start({ dataDir, args, env }), timezone);
  }

  get url(): string {
    return this.server.url;
  }

  get port(): number {
    return this.server.port;
  }

  /** The territory's date, some days from its today. */
  day(fromToday: number): string {
    return dayIn(this.timezone, fromToday);
  }

  /** How old a child who is 20 months old today is on that day: the pages say the age in each place's own month. */
  monthsOn(date: string): number {
    const months = (day: string) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
    return 20 + months(date) - months(this.day(0));
  }

  /** Somebody who works with this server without a page. */
  colleague(account: string): Promise<Colleague> {
    return Colleague.signIn(this.url, account);
  }

  /** A manager says how many places are open, and how many of them are kept for insertion care. */
  async setOpen(
    facility: string,
    date: string,
    period: Half,
    section: string,
    open: number,
    reserved = 0,
  ): Promise<void> {
    const manager = await this.colleague('manager@demo');
    await manager.call('availability.set', {
      facility,
      cells: [{ date, period, section, open, reserved }],
      force: true,
    });
    await manager.leave();
  }

  kill(): Promise<void> {
    return this.server.kill();
  }

  /** Starts it again on the same port and data. */
  async restart(): Promise<void> {
    this.server = await this.server.again();
  }

  /** Stops it and forgets its data; a server that did not live to see this has failed its test. */
  async remove(): Promise<void> {
    const { isRunning, output } = this.server.process;
    await this.server.remove();
    if (!isRunning) throw new Error(`the server ended by itself\n${output}`);
  }
}
