// Signing in and out is plain HTTP: the cookie it sets is what the live connection is opened with.
import { typeset } from '../words/format';
import type { User } from '../types';

/** A refusal in words that the person can read. */
export class SignInRefused extends Error {}

export interface Credentials {
  account: string;
  password: string;
  /** One-time code of an administrator: `password` is then the new one. */
  code?: string;
}

export async function signIn(credentials: Credentials): Promise<User> {
  const response = await send('POST', credentials);
  const body = await response.json().catch(() => null);
  if (response.ok && body?.user) return body.user;
  throw new SignInRefused(whyRefused(response.status, credentials, body?.title));
}

function whyRefused(status: number, { code }: Credentials, title: unknown): string {
  if (status === 401)
    return code
      ? 'Ce code n’est plus valable, ou ce n’est pas celui qui vous a été donné.'
      : 'Identifiant ou mot de passe incorrect.';
  return typeof title === 'string' ? typeset(title) : 'La connexion a échoué. Réessayez dans un instant.';
}

export async function signOut(): Promise<void> {
  await send('DELETE');
}

async function send(method: string, body?: object): Promise<Response> {
  try {
    return await fetch('/session', {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new SignInRefused('Le serveur ne répond pas. Vérifiez la connexion à internet.');
  }
}
