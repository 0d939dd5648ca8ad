// Every page in each of its states: axe finds nothing, and a picture is kept for the eyes.
import { askFor, dayOfStrip, fillForm, panel, place } from './support/board.js';
import { booked } from './support/booked.js';
import { arrivals } from './support/house.js';
import { look } from './support/look.js';
import { expect, type Size, test } from './support/test.js';
import { lucioles, moulin } from './support/town.js';

const sizes: Size[] = ['phone', 'desk'];

for (const size of sizes) {
  test(`signing in (${size})`, async ({ visit }) => {
    const page = await visit({ size });
    await expect(page.getByRole('heading', { name: 'Connexion' })).toBeVisible();
    await look(page, 'sign-in');
    await page.getByLabel('Identifiant').fill('worker@demo');
    await page.getByLabel('Mot de passe').fill('wrong');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await look(page, 'sign-in-refused');
    await page.getByRole('button', { name: 'Mot de passe oublié' }).click();
    await expect(page.getByRole('heading', { name: 'Nouveau mot de passe' })).toBeVisible();
    await look(page, 'sign-in-forgotten');
  });

  test(`the board, from a need to the slip (${size})`, async ({ town, visit }) => {
    const page = await visit({ account: 'worker@demo', size });
    await expect(page.getByText('Les Lucioles').first()).toBeVisible();
    await look(page, 'board');

    await askFor(page);
    await page.getByLabel('Commune').fill('lon');
    await look(page, 'board-communes');
    await page.getByRole('option', { name: 'Longchamp' }).click();
    await page.getByRole('button', { name: 'Demain matin' }).click();
    if (size === 'phone') await page.getByRole('button', { name: 'Voir les places' }).click();
    await look(page, 'board-need');

    for (const facility of [lucioles, moulin]) {
      await place(page, { facility, date: town.day(1), period: 'apres-midi' }).click();
    }
    if (size === 'phone') await page.getByRole('button', { name: 'Voir', exact: true }).click();
    await look(page, 'chosen');
    if (size === 'phone') await page.getByRole('button', { name: 'Revenir au tableau' }).click();
    for (const facility of [lucioles, moulin]) {
      await place(page, { facility, date: town.day(1), period: 'apres-midi' }).click();
    }
    await page.getByRole('button', { name: 'Retenir 5 min' }).click();
    await expect(panel(page, 'Place retenue')).toBeVisible();
    await look(page, 'hold');
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(page.getByText('Indiquez la référence du dossier.')).toBeVisible();
    await look(page, 'hold-incomplete');
    await fillForm(page);
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await expect(panel(page, 'Confirmé')).toBeVisible();
    await look(page, 'confirmed');

    await page.getByRole('link', { name: 'Imprimer la fiche pour le parent' }).click();
    await expect(page.getByRole('article')).toBeVisible();
    await look(page, 'slip');
    await page.getByRole('link', { name: '← Tableau' }).click();
    await page.getByRole('button', { name: 'Annuler la réservation…' }).click();
    await expect(page.getByText('Pourquoi la place est-elle rendue ?')).toBeVisible();
    await look(page, 'my-day-cancelling');
  });

  test(`a board with each of its cells (${size})`, async ({ town, visit }) => {
    const [today, tomorrow] = [town.day(0), town.day(1)];
    await town.setOpen(lucioles.id, tomorrow, 'matin', 'moyens', 1);
    const other = await town.colleague('worker@demo');
    await other.call('booking.hold', {
      facility: lucioles.id,
      places: [{ date: tomorrow, period: 'matin', section: 'moyens' }],
      children: [{ ageMonths: 20 }],
      care: 'vip',
    });
    const page = await visit({ account: 'worker@demo', size });
    await page.getByLabel('Âge (mois)').fill('20');
    await page.getByLabel('Accueil', { exact: true }).selectOption('autre');
    if (size === 'phone') {
      await page.getByRole('button', { name: 'Voir les places' }).click();
      await dayOfStrip(page, tomorrow).click();
    }
    await expect(place(page, { facility: lucioles, date: tomorrow, period: 'matin' })).toHaveAccessibleName(/en cours/);
    await page.getByRole('button', { name: 'Figer le tableau' }).click();
    await town.setOpen(lucioles.id, today, 'matin', 'moyens', 9);
    await expect(page.getByText(/1\schangement/)).toBeVisible();
    await look(page, 'board-frozen');
    await other.leave();
  });

  test(`the board read by a coordinator (${size})`, async ({ visit }) => {
    const page = await visit({ account: 'coordinator@demo', size });
    await expect(page.getByText('Les Lucioles').first()).toBeVisible();
    await look(page, 'board-coordinator');
  });

  test(`a structure: its counts and its arrivals (${size})`, async ({ town, visit }) => {
    await booked(town, town.day(0), 'G-1');
    await booked(town, town.day(1), 'G-2');
    const page = await visit({ account: 'manager@demo', size });
    await expect(arrivals(page)).toContainText(/2\snouvelles réservations/);
    await expect(page.getByText('Lina').first()).toBeVisible(); // beside them: the page is as high as it will be
    await look(page, 'structure-arrivals');
    for (let left = 2; left > 0; left--) {
      await page.getByRole('button', { name: 'C’est noté' }).first().click();
      await expect(page.getByRole('button', { name: 'C’est noté' })).toHaveCount(left - 1);
    }
    await page.getByRole('button', { name: 'Arrivé', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Arrivé', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await look(page, 'structure-today');

    await page.getByRole('button', { name: /^Demain/ }).click();
    await page.getByRole('button', { name: /^Ouvrir une place : Moyens, matin/ }).click();
    await page.getByRole('button', { name: 'Jusqu’à…' }).click();
    await look(page, 'structure-tomorrow');
    await page.getByRole('button', { name: 'La famille a prévenu' }).click();
    await look(page, 'structure-cancelling');
    await page.getByRole('link', { name: 'Semaine', exact: true }).click();
    await expect(page.getByRole('table').first()).toBeVisible();
    await look(page, 'structure-week');
  });

  test(`a path that leads nowhere (${size})`, async ({ visit }) => {
    const page = await visit({ account: 'worker@demo', size, path: '/nulle-part' });
    await expect(page.getByRole('heading', { name: 'Cette page n’existe pas' })).toBeVisible();
    await look(page, 'unknown');
  });
}
