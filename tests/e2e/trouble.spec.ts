// What goes wrong on any morning, and what the page makes of it.
import { Proxy } from '../integration/support/proxy.js';
import { askFor, file, fillForm, hold, offers, panel, place, retain, secondsLeft } from './support/board.js';
import { openPlaces, plus } from './support/house.js';
import { expect, test } from './support/test.js';
import { lucioles, moulin, type Town } from './support/town.js';

const morning = (town: Town) => ({ facility: lucioles, date: town.day(1), period: 'matin' }) as const;

/** The pauses between attempts to connect grow up to 20 s. */
const returned = { timeout: 30_000 };

test.describe('with holds of five seconds', () => {
  test.use({ holdSeconds: 5 });

  test('a hold about to end can be kept', async ({ town, visit }) => {
    const page = await visit({ account: 'worker@demo' });
    await askFor(page);
    await hold(page, morning(town));
    await expect(
      page.getByText(/^Il reste \d\ssecondes?\. Vous pouvez garder la place 5\sminutes de plus\./),
    ).toBeAttached();
    await page.getByRole('button', { name: 'Garder 5 min de plus' }).click();
    await expect.poll(() => secondsLeft(page)).toBeGreaterThan(290);
  });

  test('a hold that expires is offered again while the place is free', async ({ town, visit }) => {
    const slot = morning(town);
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
    const page = await visit({ account: 'worker@demo' });
    await askFor(page);
    await hold(page, slot);
    await fillForm(page);

    const lapsed = panel(page, 'Délai passé');
    await expect(lapsed).toContainText('Le délai est passé, mais la place est encore libre. La réserver ?');
    await expect(place(page, slot)).toHaveAccessibleName(offers(1));
    await expect(page.getByLabel('Référence du dossier')).toHaveValue(file.caseRef);
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(panel(page, 'Confirmé')).toBeVisible();
    await expect(place(page, { ...slot, section: 'Moyens' })).toHaveAccessibleName(/ : complet/);
  });

  test('a hold that expires and is taken shows the others', async ({ town, visit }) => {
    const slot = morning(town);
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
    const page = await visit({ account: 'worker@demo' });
    await askFor(page);
    await page.getByRole('button', { name: 'Demain matin' }).click();
    await hold(page, slot);
    await expect(panel(page, 'Délai passé')).toBeVisible();
    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 0);
    const lapsed = panel(page, 'Délai passé');
    await expect(lapsed).toContainText('Le délai est passé et la place n’est plus libre.');
    await lapsed.getByRole('button', { name: /^Le Petit Moulin/ }).click();
    await expect(panel(page, 'Place retenue')).toContainText('Le Petit Moulin');
  });
});

test("a last place that a colleague, or another page of one's own, is taking", async ({ town, visit }) => {
  const slot = morning(town);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
  const [first, second] = await Promise.all([visit({ account: 'worker@demo' }), visit({ account: 'worker@demo' })]);
  for (const page of [first, second]) await askFor(page);
  await hold(first, slot);
  await expect(panel(first, 'Place retenue')).toBeVisible();

  await expect(place(second, slot)).toHaveAccessibleName(
    / : réservation en cours, votre service retient la dernière place/,
  );
  await hold(second, slot);
  const refusal = second.getByRole('alert');
  await expect(refusal).toContainText('Votre service retient déjà la dernière place.');
  await expect(refusal).toBeFocused();
  await expect(refusal.getByRole('button', { name: /^Le Petit Moulin/ })).toBeVisible();

  await first.getByRole('button', { name: 'Libérer la place' }).click();
  await expect(place(second, slot)).toHaveAccessibleName(offers(1));
  await expect(refusal).toContainText('La place est de nouveau libre.');
  await retain(second).click();
  await expect(panel(second, 'Place retenue')).toContainText('Les Lucioles');
});

test('a second place is asked about; one that is refused leaves the first; who signs out holds nothing', async ({
  town,
  visit,
}) => {
  const first = morning(town);
  const second = { ...first, facility: moulin };
  await town.setOpen(lucioles.id, first.date, 'matin', 'moyens', 2);
  await town.setOpen(moulin.id, first.date, 'matin', 'moyens', 1);
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await hold(page, first);
  const held = panel(page, 'Place retenue');
  await expect(held).toContainText('Les Lucioles, Genlis');

  await place(page, second).click();
  await expect(held.getByRole('list', { name: 'Choisi' })).toHaveText(/^Le Petit Moulin, .*, matin/);
  await expect(held).toContainText('Retenir cela à la place de ce qui est retenu ci-dessous, ou en plus ?');
  await held.getByRole('button', { name: 'Garder la mienne' }).click();
  await expect(page.getByLabel('Référence du dossier')).toBeFocused();
  await expect(held.getByRole('list', { name: 'Choisi' })).toBeHidden();

  await page.getByRole('button', { name: 'Figer le tableau' }).click();
  await town.setOpen(moulin.id, first.date, 'matin', 'moyens', 0);
  await place(page, second).click();
  await held.getByRole('button', { name: 'Changer de place' }).click();
  await expect(held.getByRole('alert')).toContainText('Cette place vient d’être prise.');
  await expect(held.getByRole('alert')).toContainText('Votre place, ci-dessous, reste retenue.');
  await expect(held.getByRole('alert').getByRole('button', { name: /^Pomme de reinette/ })).toBeVisible();
  await expect(held.getByRole('alert').getByRole('button', { name: /^Les Lucioles/ })).toBeHidden();
  await expect(held).toContainText('Les Lucioles, Genlis');
  await expect(place(page, first)).toHaveAccessibleName(/place retenue pour vous/);

  await town.setOpen(moulin.id, first.date, 'matin', 'moyens', 1);
  await page.getByRole('button', { name: 'Reprendre' }).click();
  await held.getByRole('button', { name: 'Changer de place' }).click();
  await expect(held).toContainText('Le Petit Moulin, Varanges');
  await expect(place(page, first)).toHaveAccessibleName(offers(2));

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByRole('heading', { name: 'Connexion' })).toBeVisible();
  const worker = await town.colleague('worker@demo');
  const { bookings } = await worker.ask('booking.list', {});
  expect(bookings.map(({ state }: { state: string }) => state)).toEqual(['released', 'released']);
  await worker.leave();
});

test('a last place that was taken since the board was frozen', async ({ town, visit }) => {
  const slot = morning(town);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
  const page = await visit({ account: 'worker@demo' });
  await askFor(page);
  await expect(place(page, slot)).toHaveAccessibleName(offers(1));
  await page.getByRole('button', { name: 'Figer le tableau' }).click();
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 0);
  await expect(page.getByText(/Figé à .* · 1\schangement ·/)).toBeVisible();

  await hold(page, slot);
  await expect(page.getByRole('alert')).toContainText('Cette place vient d’être prise. Trois autres conviennent');
  await page.getByRole('button', { name: 'Reprendre' }).click();
  await expect(place(page, slot)).toHaveAccessibleName(/ : complet/);
});

test('the link cut for twelve seconds', async ({ town, visit }) => {
  const slot = morning(town);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 1);
  const line = await Proxy.before(town.port);
  try {
    const worker = await visit({ account: 'worker@demo', url: line.url });
    const manager = await visit({ account: 'manager@demo', url: line.url, size: 'phone' });
    await askFor(worker);
    await expect(place(worker, slot)).toHaveAccessibleName(offers(1));
    const more = plus(manager, 'Moyens', 'matin', town.day(0));
    await expect(more).toBeVisible();

    const cutAt = Date.now();
    line.cut();
    await expect(worker.getByText('Reconnexion…')).toBeVisible();
    for (const page of [worker, manager]) {
      await expect(page.getByRole('alert')).toHaveText(/^Hors connexion\s: tableau de\s\d+\sh.*, en lecture seule\.$/);
    }
    for (const button of [place(worker, slot), more]) {
      await expect(button).toBeDisabled();
      await expect(button).toHaveAttribute('title', /^Hors connexion\s: rien ne peut être enregistré\.$/);
    }
    await place(worker, slot).click({ force: true });
    await expect(panel(worker, 'Retenir une place')).toBeVisible();

    await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 3);
    await expect.poll(() => Date.now() - cutAt).toBeGreaterThan(12_000);
    line.mend();
    for (const page of [worker, manager]) await expect(page.getByRole('alert')).toBeHidden(returned);
    await expect(place(worker, slot)).toHaveAccessibleName(offers(3));
    await expect(more).toBeEnabled();
    await hold(worker, slot);
    await expect(panel(worker, 'Place retenue')).toBeVisible();
  } finally {
    await line.close();
  }
});

test('a step whose answer is lost is made once, and is said to be looked into', async ({ town, visit }) => {
  const today = town.day(0);
  await town.setOpen(lucioles.id, today, 'matin', 'moyens', 1);
  const colleague = await town.colleague('manager@demo');
  const open = async () => {
    const query = { territory: '200000925', from: today, days: 1, facilities: [lucioles.id] };
    const { cells } = await colleague.ask('board.get', query);
    return cells.find(
      (cell: { period: string; section: string }) => cell.period === 'matin' && cell.section === 'moyens',
    ).open;
  };
  const line = await Proxy.before(town.port);
  try {
    const page = await visit({ account: 'manager@demo', url: line.url, size: 'phone' });
    const count = openPlaces(page, 'Moyens');
    await expect(count).toHaveText('1 ouverte');
    line.swallowReplies();
    await plus(page, 'Moyens', 'matin', today).tap();
    await expect.poll(open).toBe(2);
    const unsure = page.getByText('Nous vérifions si votre dernière saisie est enregistrée. Inutile de la refaire.');
    await expect(unsure).toBeVisible();

    line.cut();
    line.mend();
    await expect(unsure).toBeHidden(returned);
    await expect(page.getByText(/^1\splace ouverte$/)).toBeVisible();
    await expect(count).toHaveText('2 ouvertes');
    expect(await open()).toBe(2);
  } finally {
    await line.close();
    await colleague.leave();
  }
});

test('the server restarted with the pages open', async ({ town, visit }) => {
  const slot = morning(town);
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 2);
  const worker = await visit({ account: 'worker@demo' });
  const manager = await visit({ account: 'manager@demo', size: 'phone' });
  await askFor(worker);
  await hold(worker, slot);
  await expect(panel(worker, 'Place retenue')).toBeVisible();
  await expect(place(worker, slot)).toHaveAccessibleName(/place retenue pour vous/);

  await town.kill();
  await expect(worker.getByText('Reconnexion…')).toBeVisible();
  await town.restart();
  await town.setOpen(lucioles.id, slot.date, 'matin', 'moyens', 5);

  await expect(worker.getByText('En direct')).toBeVisible(returned);
  await fillForm(worker);
  await worker.getByRole('button', { name: 'Réserver', exact: true }).click();
  await expect(panel(worker, 'Confirmé')).toBeVisible();
  await expect(place(worker, { ...slot, section: 'Moyens' })).toHaveAccessibleName(/ : 4\splaces, /);
  await manager.getByRole('button', { name: 'C’est noté' }).tap();
  await expect(panel(worker, 'Confirmé')).toContainText('Vu par la structure');
});
