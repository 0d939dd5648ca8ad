// What the law says of how many children are there at once, in the words of a directrice.
import type { Methods } from '@placette/client';
import { counted } from '../words/format';
import type { Facility } from '../types';

export type Advice = Methods['availability.advise']['result'];
export type Ratio = 'five_eight' | 'six';

/** Who is there in a half-day without the places of Placette. */
export interface Present {
  adults: number;
  walkers: number;
  nonWalkers: number;
}

export const ratios: readonly { id: Ratio; label: string }[] = [
  { id: 'five_eight', label: '1 adulte pour 5 qui ne marchent pas, 8 qui marchent' },
  { id: 'six', label: '1 adulte pour 6 enfants' },
];

/** Childminders answer for themselves: no ratio is chosen, nobody walks or not. */
export const countsByRatio = ({ kind }: Facility) => kind !== 'childminder' && kind !== 'creche_familiale';

const rules: Record<Advice['reasons'][number]['rule'], string> = {
  over_capacity: 'Capacité autorisée, 115 %',
  ratio: 'Taux d’encadrement',
  two_adults: 'Deux adultes au moins',
  micro_creche: 'Micro-crèche',
  childminder: 'Agrément, enfants à la fois',
};

/** « Taux d’encadrement : 12 enfants au plus (CSP R2324-43) » */
export function ruleWords({ rule, limit, article }: Advice['reasons'][number]): string {
  const most = limit === 0 ? 'aucun enfant' : `${counted(limit, 'enfant')} au plus`;
  return `${rules[rule]} : ${most} (${article})`;
}

/** « Vous pouvez ouvrir 5 places en tout ; 3 le sont. » */
export function adviceWords({ lawfulOpen }: Advice, open: number): string {
  const can =
    lawfulOpen === 0
      ? 'Vous ne pouvez ouvrir aucune place'
      : `Vous pouvez ouvrir ${counted(lawfulOpen, 'place')} en tout`;
  const are = open === 0 ? 'aucune ne l’est' : `${open} ${open === 1 ? 'l’est' : 'le sont'}`;
  return `${can} ; ${are}${open > lawfulOpen ? ' : trop, d’après ces nombres' : ''}.`;
}
