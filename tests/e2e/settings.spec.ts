// « Ma structure »: the typical week, the year's closures and what families are told are the manager's own.
import { place } from './support/board.js';
import { booked } from './support/booked.js';
import { typedPlaces } from './support/house.js';
import { look } from './support/look.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, type Town } from './support/town.js';
import { dayPattern } from './support/words.js';

const sizes: Size[] = ['phone', 'desk'];
const account = 'manager@demo';
const path = '/structure/reglages';

/** A Monday that is some weeks away. */
function mondayAhead(town: Town, weeks: number): string {
  const weekday = (new Date(`${town.day(0)}T12:00:00Z`).getUTCDay() + 6) % 7;
  return town.day(7 * weeks - weekday);
}

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

for (const size of sizes) {
  test(`a typical week is typed, recorded and put on weeks to come (${size})`, async ({ town, visit }) => {
    const [next, far] = [mondayAhead(town, 1), mondayAhead(town, 7)];
    await town.setOpen(lucioles.id, next, 'matin', 'moyens', 5);
    const page = await visit({ account, size, path });
    const moyens = (day: string, half = 'matin', what = 'places ouvertes') =>
      page.getByRole('textbox', { name: `Moyens, ${day}, ${half}, ${what}`, exact: true });
    await moyens('lundi').fill('3');
    await moyens('lundi', 'après-midi').fill('0');
    await page.getByRole('button', { name: 'Copier lundi vers tous les jours' }).click();
    await expect(moyens('jeudi')).toHaveValue('3');
    await expect(moyens('jeudi', 'après-midi')).toHaveValue('0');
    await page.getByRole('button', { name: 'Dont gardées pour l’insertion' }).click();
    await moyens('lundi', 'matin', 'gardées pour l’insertion').fill('1');
    await look(page, 'settings-typed');
    await page.getByRole('button', { name: 'Enregistrer ma semaine type' }).click();
    await expect(page.getByRole('heading', { name: 'Ma semaine type' })).toBeFocused();

    await page.getByRole('button', { name: /^8\ssemaines$/ }).click();
    await page.getByRole('button', { name: 'Voir ce qui serait publié' }).click();
    const applied = page.locator('#applied');
    await expect(applied).toBeFocused();
    await expect(applied).toContainText(/^Serait publié\s: \d+\snombres de places, du /);
    await look(page, 'settings-planned');
    await page.getByRole('button', { name: /^Publier \d+\snombres de places$/ }).click();
    await expect(applied).toContainText(/^Publié\s: /);

    await page.goto(`/structure/semaine/${next}`);
    await expect(typedPlaces(page, 'Moyens', 'matin', next)).toHaveValue('5');
    await page.goto(`/structure/semaine/${far}`);
    await expect(typedPlaces(page, 'Moyens', 'matin', daysAfter(far, 1))).toHaveValue('3');
    await expect(typedPlaces(page, 'Moyens', 'apres-midi', daysAfter(far, 1))).toHaveValue('0');
    await expect(page.getByRole('button', { name: 'Remplir avec ma semaine type' })).toBeHidden();
    await page.goto(`/structure/semaine/${next}`);
    await page.getByRole('button', { name: 'Remplir avec ma semaine type' }).click();
    await expect(typedPlaces(page, 'Moyens', 'matin', next)).toHaveValue('3');
    await page.getByRole('button', { name: /^Publier \d+\schangements?$/ }).click();
    await expect(page.locator('#done')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remplir avec ma semaine type' })).toBeHidden();
  });
}

test('it publishes itself as far ahead as is chosen, for nobody has confirmed it', async ({ town, visit }) => {
  const far = mondayAhead(town, 6);
  const page = await visit({ account, path });
  await page.getByRole('textbox', { name: 'Grands, mardi, matin, places ouvertes' }).fill('2');
  await page.getByRole('button', { name: 'Enregistrer ma semaine type' }).click();
  await page.getByLabel('Publier toute seule, chaque jour').selectOption({ label: '8\u00a0semaines d’avance' });
  await page.goto(`/structure/semaine/${far}`);
  await expect(typedPlaces(page, 'Grands', 'matin', daysAfter(far, 1))).toHaveValue('2', { timeout: 30_000 });
});

for (const size of sizes) {
  test(`the year’s closures: a public holiday in one tap, a span typed, and whom it hits (${size})`, async ({
    town,
    visit,
  }) => {
    const [day, worker] = [town.day(2), await visit({ account: 'worker@demo' })];
    await town.setOpen(lucioles.id, day, 'matin', 'moyens', 2);
    await booked(town, day, 'G-1');
    await worker.getByLabel('Âge (mois)').fill('20');
    const page = await visit({ account, size, path });
    const closures = page.getByRole('region', { name: 'Fermetures de l’année' });
    await closures
      .getByRole('button', { name: /^Fermer / })
      .first()
      .click();
    await expect(closures.getByRole('button', { name: /^Retirer / })).toHaveCount(1);

    await closures.getByRole('button', { name: 'Ajouter cette fermeture' }).click();
    await expect(closures.getByRole('alert')).toHaveText('Indiquez le premier jour.');
    await expect(closures.getByLabel('Du', { exact: true })).toBeFocused();
    await closures.getByLabel('Du', { exact: true }).fill(day);
    await closures.getByLabel('Motif (affiché)').fill('Journée pédagogique');
    await closures.getByRole('button', { name: 'Ajouter cette fermeture' }).click();
    await expect(closures).toContainText(/1\sréservation est confirmée ou retenue ces\s+jours‑là\./);
    await look(page, 'settings-closure-hits');
    await closures.getByRole('button', { name: 'Fermer, annuler et prévenir' }).click();
    const slot = { facility: lucioles, date: day, period: 'matin' } as const;
    await expect(place(worker, slot)).toHaveAccessibleName(/fermé/);
    await expect(worker.getByRole('region', { name: 'Nos réservations' })).toContainText('Annulée par la structure');
    await look(page, 'settings-closures');
    await closures.getByRole('button', { name: new RegExp(`^Retirer ${dayPattern(day)}`) }).click();
    await expect(place(worker, slot)).not.toHaveAccessibleName(/fermé/);
    await expect(closures.getByRole('button', { name: /^Retirer / })).toHaveCount(1);
  });
}

test('what families are told: recorded, and what is wrong is said at its field', async ({ town, visit }) => {
  const page = await visit({ account, size: 'phone', path });
  await page.getByLabel('Téléphone').fill('03 53');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByLabel('Téléphone')).toBeFocused();
  await expect(page.getByRole('alert')).toHaveText('Ce numéro n’est pas reconnu.');
  await look(page, 'settings-wrong');
  await page.getByLabel('Téléphone').fill('03 53 01 00 19');
  await page.getByLabel('Accès').fill('Bus 3, arrêt Mairie');
  await page.getByLabel('À apporter').fill('Carnet de santé\nDoudou');
  await page.getByLabel('Dernière arrivée').fill('09:30');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Accueil des familles' })).toBeFocused();
  await page.reload();
  await expect(page.getByLabel('Accès')).toHaveValue('Bus 3, arrêt Mairie');
  await expect(page.getByLabel('Dernière arrivée')).toHaveValue('09:30');
  const worker = await town.colleague('worker@demo');
  const { facilities } = await worker.ask('facility.list', {});
  expect(facilities.find(({ id }: { id: string }) => id === lucioles.id)).toMatchObject({
    phone: '03 53 01 00 19',
    bring: ['Carnet de santé', 'Doudou'],
    arriveUntil: '09:30',
  });
  await worker.leave();
});

test('on a phone the board is found from there', async ({ visit }) => {
  const page = await visit({ account, size: 'phone' });
  await page.getByRole('link', { name: 'Ma structure' }).tap();
  await page.getByRole('link', { name: 'Voir le tableau du territoire' }).tap();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Tableau|Places/);
});
