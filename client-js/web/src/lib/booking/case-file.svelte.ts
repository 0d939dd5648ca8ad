// What the office says of the case, and what the parent lets it pass on to the structure.
import { readPhones } from '../words/phone';
import { missing, type Trouble } from './trouble';
import type { Purpose } from '../types';

/** As the protocol has it. */
const longestPhone = 40;

export class CaseFile {
  caseRef = $state('');
  purpose = $state<Purpose | ''>('');
  firstNames = $state('');
  phone = $state('');
  /** The parent agrees that first name and number are passed on. */
  informed = $state(false);

  toSend() {
    const contact = this.informed
      ? { informed: true, firstNames: this.firstNames.trim(), phone: recorded(this.phone) ?? '' }
      : undefined;
    return { purpose: this.purpose || undefined, caseRef: this.caseRef.trim(), contact };
  }

  /** What is missing, or cannot be sent. */
  missing(): Trouble | null {
    if (!this.caseRef.trim()) return missing('Indiquez la référence du dossier.', 'case-ref');
    if (!this.purpose) return missing('Choisissez le motif.', 'purpose');
    if (recorded(this.phone) === null) {
      return missing(
        'Ce numéro est incomplet ou inconnu. Par exemple : 06 39 98 00 01, ou +32 2 123 45 67.',
        'parent-phone',
      );
    }
    if (!this.informed && (this.firstNames.trim() || this.phone.trim())) {
      return missing('Cochez l’accord du parent, ou effacez le prénom et le téléphone.', 'informed');
    }
    return null;
  }

  clear(): void {
    this.caseRef = '';
    this.purpose = '';
    this.firstNames = '';
    this.phone = '';
    this.informed = false;
  }
}

/** As it is to be passed on; null: it cannot be a number. */
function recorded(typed: string): string | null {
  if (typed.trim() === '') return '';
  const numbers = readPhones(typed)
    ?.map(({ shown }) => shown.replaceAll('\u00a0', ' '))
    .join(' / ');
  return numbers && numbers.length <= longestPhone ? numbers : null;
}
