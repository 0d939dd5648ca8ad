// The main job: a manager's tap is seen and booked by a worker, and the manager's « C’est noté » comes back.
import { file, fillForm, hold, offers, panel, place, secondsLeft } from './support/board.js';
import { arrivals, plus } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles } from './support/town.js';
import { dayPattern } from './support/words.js';

test('from a tap to « Vu par la structure », in two browsers', async ({ town, visit }) => {
  const tomorrow = town.day(1);
  const slot = { facility: lucioles, date: tomorrow, period: 'matin' } as const;
  await town.setOpen(lucioles.id, tomorrow, 'matin', 'moyens', 0);

  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await manager.getByRole('button', { name: /^Demain/ }).tap();
  const worker = await visit({ account: 'worker@demo' });
  await worker.getByLabel('Âge (mois)').fill('20');

  await test.step('the tap shows on the board', async () => {
    await expect(place(worker, slot)).toHaveAccessibleName(
      new RegExp(` : complet à ${town.monthsOn(tomorrow)}\\smois`),
    );
    await plus(manager, 'Moyens', 'matin', tomorrow).tap();
    await expect(place(worker, slot)).toHaveAccessibleName(offers(1));
  });

  await test.step('the worker holds, and the countdown runs', async () => {
    await worker.getByLabel('De', { exact: true }).fill('8h15');
    await worker.getByLabel('À', { exact: true }).fill('11h45');
    await worker.getByRole('button', { name: 'Non', exact: true }).click();
    await worker.getByLabel('Repas').selectOption('non');
    await hold(worker, slot);
    const atFirst = await secondsLeft(worker);
    expect(atFirst).toBeGreaterThan(290);
    expect(atFirst).toBeLessThanOrEqual(300);
    await expect.poll(() => secondsLeft(worker)).toBeLessThan(atFirst - 1);
    await expect(place(worker, slot)).toHaveAccessibleName(/place retenue pour vous, encore \d:\d\d/);
    await expect(manager.getByText('1 réservation en cours')).toBeVisible();
    await expect(arrivals(manager)).toBeHidden();
  });

  await test.step('the worker confirms', async () => {
    await fillForm(worker);
    await worker.getByRole('button', { name: 'Réserver', exact: true }).click();
    const confirmed = panel(worker, 'Confirmé');
    await expect(confirmed).toContainText('Les Lucioles');
    await expect(confirmed).toContainText(/8\sh\s15–11\sh\s45/);
    await expect(confirmed).toContainText('Pas encore vu par la structure');
    await expect(place(worker, { ...slot, section: 'Moyens' })).toHaveAccessibleName(/ : complet/);
  });

  await test.step('the manager reads the arrival, and nothing that is not theirs', async () => {
    const arrival = arrivals(manager);
    await expect(arrival).toContainText(
      new RegExp(
        `matin, moyens · ${town.monthsOn(tomorrow)}\\smois · première venue · 8\\sh\\s15–11\\sh\\s45 · sans repas`,
      ),
    );
    await expect(arrival).toContainText('ESCO de Genlis');
    await expect(manager.getByText('Lina')).toBeVisible();
    const all = await manager.locator('body').innerText();
    expect(all).not.toContain(file.caseRef);
    expect(all).not.toContain(file.purpose);
    expect(all).not.toContain('VIP');
  });

  await test.step('« C’est noté » reaches the worker', async () => {
    await manager.getByRole('button', { name: 'C’est noté' }).tap();
    await expect(arrivals(manager)).toBeHidden();
    await expect(panel(worker, 'Confirmé')).toContainText(/Vu par la structure à\s\d+\sh/);
    await expect(worker.getByRole('region', { name: 'Nos réservations' })).toContainText('Vu par la structure');
  });

  await test.step('the slip is one A5 page for the parent', async () => {
    await worker.getByRole('link', { name: 'Imprimer la fiche pour le parent' }).click();
    const slip = worker.getByRole('article');
    await expect(slip).toContainText('Les Lucioles');
    await expect(slip).toContainText(new RegExp(dayPattern(tomorrow), 'i'));
    await expect(slip).toContainText(/arrivée à 8\sh\s15, départ à 11\sh\s45/);
    await expect(slip).toContainText('2 rue des Lucioles, 21110 Genlis');
    await expect(slip).toContainText('carnet de santé de l’enfant');
    await expect(slip).toContainText(/03\s53\s01\s00\s12/);
    const words = await slip.innerText();
    for (const secret of ['VIP', 'insertion', 'ESCO', file.caseRef, file.purpose]) expect(words).not.toContain(secret);

    await worker.emulateMedia({ media: 'print' });
    await expect(worker.getByRole('banner')).toBeHidden();
    await expect(worker.getByRole('button', { name: 'Imprimer' })).toBeHidden();
    const size = await slip.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect((size * 72) / 96).toBeCloseTo(14, 1);
    expect(pagesOf(await worker.pdf({ preferCSSPageSize: true }))).toEqual(['148 × 210 mm']);
  });
});

/** The size of each page of a PDF, to the millimetre. */
function pagesOf(pdf: Buffer): string[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  const millimetres = (points: string) => Math.round((Number(points) * 25.4) / 72);
  return [...boxes].map(([, width, height]) => `${millimetres(width!)} × ${millimetres(height!)} mm`);
}
