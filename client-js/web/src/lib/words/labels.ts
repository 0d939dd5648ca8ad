import type { CancelReason, OfficeKind, Purpose } from '../types';

export const purposes: readonly { id: Purpose; label: string }[] = [
  { id: 'job_interview', label: 'Entretien d’embauche' },
  { id: 'job_search_appointment', label: 'Rendez-vous de recherche d’emploi' },
  { id: 'training', label: 'Formation' },
  { id: 'trial', label: 'Essai, immersion' },
  { id: 'job_start', label: 'Prise de poste' },
  { id: 'insertion_step', label: 'Étape du parcours d’insertion' },
  { id: 'group_session', label: 'Atelier collectif' },
  { id: 'other', label: 'Autre' },
];

/** Why a family or an office gives a place back. */
export const familyReasons: readonly { id: CancelReason; label: string }[] = [
  { id: 'ill', label: 'Enfant malade' },
  { id: 'appointment_moved', label: 'Rendez-vous déplacé' },
  { id: 'other_solution', label: 'Autre solution trouvée' },
  { id: 'mistake', label: 'Erreur' },
];

/** Why a facility closes for once. */
export const closingReasons: readonly { id: 'staff' | 'outbreak' | 'closure' | 'capacity'; label: string }[] = [
  { id: 'staff', label: 'Manque de personnel' },
  { id: 'outbreak', label: 'Épidémie' },
  { id: 'closure', label: 'Fermeture prévue' },
  { id: 'capacity', label: 'Locaux, capacité réduite' },
];

/** Once on each page that speaks of insertion care. */
export const vipInFull = 'Insertion (VIP) : à vocation d’insertion professionnelle';

const insertionOffices: readonly OfficeKind[] = [
  'esco',
  'point_relais_emploi',
  'france_travail',
  'mission_locale',
  'cap_emploi',
];

/** Offices whose people are in an insertion path book insertion care unless they say otherwise. */
export function usualCare(kind: OfficeKind | undefined): 'vip' | 'other' {
  return !kind || insertionOffices.includes(kind) ? 'vip' : 'other';
}
