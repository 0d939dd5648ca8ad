// A browser with a worker at the board and a manager at the counts of a facility.
import { chromium } from 'playwright-core';
import { watchPage } from './watch.mjs';

const executablePath = process.env.PLACETTE_CHROMIUM ?? '/usr/bin/chromium';

export const openBrowser = () =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });

/** A page of their own, signed in. */
export async function visit(browser, url, { code, ...credentials }, path) {
  const context = await browser.newContext({ baseURL: url, locale: 'fr-FR', viewport: { width: 1440, height: 900 } });
  const data = { ...credentials, ...(code && { code }) };
  const answer = await context.request.post('/session', { headers: { origin: url }, data });
  if (!answer.ok()) throw new Error(`sign-in of ${credentials.account}: ${await answer.text()}`);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.addInitScript(watchPage);
  await page.goto(path);
  return page;
}

/** A family as it is at the desk: nothing is left open. */
export async function ask(page) {
  await page.getByLabel('Âge (mois)').fill('20');
  await page.getByLabel('De', { exact: true }).fill('14h');
  await page.getByLabel('À', { exact: true }).fill('17h');
  await page
    .getByRole('button', { name: /^\p{L}+ après-midi$/u })
    .first()
    .click();
}

/** As on a processor so many times slower; 1: as it is. */
export async function slowDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}
