/** What `--demo` promises: the tests that follow lean on nothing else of it. */
export const territory = '200000925';
export const timezone = 'Europe/Paris';

export const accounts = {
  manager: 'manager@demo',
  worker: 'worker@demo',
  coordinator: 'coordinator@demo',
  admin: 'admin@demo',
} as const;

/** The manager's three: open Monday to Friday, morning and afternoon, without holidays. */
export const lucioles = 'genlis-lucioles';
export const ribambelle = 'aiserey-ribambelle';
export const moulin = 'varanges-moulin';
export const managed = [lucioles, ribambelle, moulin];
export const periods = ['matin', 'apres-midi'];
export const sections = ['bebes', 'moyens', 'grands'];

/** Not the manager's. */
export const microCreche = 'rouvres-pomme-de-reinette';
export const familyCreche = 'tart-farandole';
export const childminder = 'izier-exemple';

export const office = 'esco-genlis';
export const otherOffice = 'esco-auxonne';
