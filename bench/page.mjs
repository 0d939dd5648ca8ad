// What a change costs the pages, in a browser: node bench/page.mjs [--quick] [--out file]
import { setTimeout as pause } from 'node:timers/promises';
import { pageAsked, pageFile, quick } from './asked.mjs';
import { commit } from './machine.mjs';
import { ask, openBrowser, slowDown, visit } from './page/people.mjs';
import { start, step } from './page/town.mjs';
import { pageSection } from './report/page.mjs';
import { writeResults } from './results.mjs';
import { quantile } from './statistics.mjs';
import { dayAfter } from './territories.mjs';

if (!pageAsked) process.exit();
const turns = quick ? { changes: 10, taps: 10, stormMs: 2000 } : { changes: 100, taps: 300, stormMs: 10000 };
const perSecond = 200;

const round = (ms) => Math.round(ms * 10) / 10;
const spread = (values) => ({ p50: round(quantile(values, 0.5)), p99: round(quantile(values, 0.99)) });
const tomorrow = dayAfter(new Date().toISOString().slice(0, 10), 1);
/** The next day on which the demo's facilities open. */
const openDay = [0, 6].includes(new Date(tomorrow).getUTCDay()) ? dayAfter(tomorrow, 2) : tomorrow;

/** One change at a time: from the frame's arrival in the page to the changed page, and to what is seen of it. */
async function changes(board, page) {
  const seen = [];
  for (let n = 0; n < turns.changes; n++) {
    const painted = page.evaluate(() => globalThis.bench.next());
    await step(board, board.facility.id, openDay, n % 2 ? -1 : 1);
    seen.push(await painted);
    await pause(120);
  }
  return {
    frameToPage: spread(seen.map(({ arrived, changed }) => changed - arrived)),
    frameToPaint: spread(seen.map(({ arrived, painted }) => painted - arrived)),
  };
}

/** From a manager's tap in one page to the number painted in another. */
async function taps(page, manager) {
  const seen = [];
  const buttons = ['Ouvrir', 'Fermer'].map((verb) =>
    manager.getByRole('button', {
      name: new RegExp(`^${verb} une place : Moyens, après-midi|^${verb} une place : moyens, après-midi`),
    }),
  );
  for (let n = 0; n < turns.taps; n++) {
    const painted = page.evaluate(() => globalThis.bench.next());
    await buttons[n % 2].first().click();
    const change = await painted;
    seen.push(change.painted - (await manager.evaluate(() => globalThis.bench.tapped)));
  }
  return spread(seen);
}

/** Many changes a second all over the board: which tasks of the page are long. */
async function storm(board, page) {
  await page.evaluate(() => globalThis.bench.longTasks.splice(0));
  const began = performance.now();
  const answers = [];
  for (let n = 0; performance.now() - began < turns.stormMs; n++) {
    answers.push(step(board, board.facilities[n % board.facilities.length], openDay, Math.floor(n / 400) % 2 ? -1 : 1));
    await pause(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
  }
  await Promise.all(answers);
  const long = await page.evaluate(() => globalThis.bench.longTasks.splice(0));
  return {
    perSecond: Math.round((answers.length * 1000) / turns.stormMs),
    longTasks: long.length,
    longestMs: round(Math.max(0, ...long)),
  };
}

const { url, server, boards, lines } = await start();
const browser = await openBrowser();
const rows = [];
try {
  for (const board of boards) {
    const page = await visit(browser, url, board.worker, '/tableau');
    await page.locator('[data-look]').first().waitFor();
    await pause(3000);
    for (const asked of [false, true]) {
      if (asked) await ask(page);
      for (const slower of [1, 4]) {
        await slowDown(page, slower);
        await pause(1000);
        const measured = { ...(await changes(board, page)), storm: await storm(board, page) };
        rows.push({ board: board.name, asked, slower, ...measured });
        console.log(JSON.stringify(rows.at(-1)));
      }
      await slowDown(page, 1);
    }
    const manager = await visit(browser, url, board.manager, '/structure');
    await manager.getByRole('button', { name: /^(Demain|Lundi)/ }).click();
    rows.push({ board: board.name, tapToPaint: await taps(page, manager) });
    console.log(JSON.stringify(rows.at(-1)));
    await manager.context().close();
    await page.context().close();
  }
} finally {
  await browser.close();
  lines.forEach(({ socket }) => socket.terminate());
  await server.stop();
}
const results = { date: new Date().toISOString().slice(0, 10), commit: commit(), taps: turns.taps, rows };
writeResults(pageFile, results);
console.log(pageSection(results));
