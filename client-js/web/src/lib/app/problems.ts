import { PlacetteProblem } from '@placette/client';
import { typeset } from '../words/format';
import { SignInRefused } from './sign-in';

/** What to tell a person when a call failed; the server's titles are written for them. */
export function tell(error: unknown): string {
  if (error instanceof SignInRefused) return error.message;
  if (!(error instanceof PlacetteProblem)) return 'L’enregistrement n’a pas abouti. Votre saisie est conservée.';
  const title = typeset(error.title);
  return /[.!?…]$/.test(title) ? title : `${title}.`;
}

export function isProblem(error: unknown, type: string): error is PlacetteProblem {
  return error instanceof PlacetteProblem && error.type === type;
}
