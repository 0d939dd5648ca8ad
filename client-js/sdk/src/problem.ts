import type { CellName, Problem, ProblemName } from './generated/messages.js';

export const urn = 'urn:placette:problem:';

/**
 * The server's problem names, and two of the client's own: `unreachable` (no connection before the deadline:
 * nothing was done) and `disconnected` (the connection is closed for good).
 */
export type ProblemType = ProblemName | 'unreachable' | 'disconnected';

/** Refusals that come before the key is looked up: they say nothing of an earlier attempt with the same key. */
const beforeKey: readonly ProblemType[] = [
  'parse_error',
  'invalid_request',
  'unknown_method',
  'unauthenticated',
  'forbidden',
  'not_found',
  'too_many',
  'too_large',
  'rate_limited',
  'store_unavailable',
  'outcome_unknown',
  'internal',
  'unreachable',
  'disconnected',
];

/** Why a call failed. `title` is French and fit to show to people; `detail` is for developers. */
export class PlacetteProblem extends Error {
  override readonly name = 'PlacetteProblem';
  readonly type!: ProblemType;
  readonly title!: string;
  readonly detail!: string;
  /** The HTTP status that goes with it; 0 for the client's own. */
  readonly status!: number;
  /** Worth repeating, with the same key. */
  readonly temporary!: boolean;
  /** Path of the parameter at fault, as `cells[1].open`. */
  readonly field!: string | undefined;
  /** The cells it is about. */
  readonly cells!: CellName[] | undefined;
  /** The ids of the bookings it is about. */
  readonly bookings!: string[] | undefined;
  readonly retryAfterMs!: number | undefined;

  constructor(type: ProblemType, problem: Omit<Problem, 'type'>) {
    super(problem.detail);
    Object.assign(this, problem, { type });
  }

  /** Whether it answers for all attempts that were made with this key: none of them changed anything. */
  get settles(): boolean {
    return !beforeKey.includes(this.type);
  }

  /** Asked again later, the same may succeed: a matter of time, or a fault of the server's own. */
  get mayPass(): boolean {
    return this.temporary || this.type === 'internal';
  }

  /** From the problem document of an error reply, or of an HTTP answer. What is none is a fault of who answered. */
  static from(data: Partial<Problem> | undefined, detail = 'an error without a problem document'): PlacetteProblem {
    const known = data?.type?.startsWith(urn) ? (data as Problem) : undefined;
    const type = (known?.type.slice(urn.length) ?? 'internal') as ProblemName;
    return new PlacetteProblem(type, { title: imprecise, status: 500, temporary: false, detail, ...known });
  }
}

const imprecise = 'Une erreur imprévue s’est produite';

/**
 * The connection ended before the reply: whether the call was executed is not known. Never leaves the client.
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

export function unreachable(): PlacetteProblem {
  return new PlacetteProblem('unreachable', {
    title: 'Le serveur ne répond pas. Rien n’a été enregistré.',
    detail: 'no connection before the deadline',
    status: 0,
    temporary: true,
  });
}

export function outcomeUnknown(): PlacetteProblem {
  return new PlacetteProblem('outcome_unknown', {
    title: 'Nous ne savons pas si l’enregistrement est passé. Vérifiez avant de le refaire.',
    detail: 'sent, but not answered before the deadline; repeat with the same key',
    status: 0,
    temporary: true,
  });
}

export function disconnected(code: number, reason: string): PlacetteProblem {
  return new PlacetteProblem('disconnected', {
    title: 'La connexion est terminée.',
    detail: `closed with ${code}${reason && `: ${reason}`}`,
    status: 0,
    temporary: false,
  });
}

export function tooLarge(bytes: number, limit: number): PlacetteProblem {
  return new PlacetteProblem('too_large', {
    title: 'L’envoi est trop grand.',
    detail: `a frame of ${bytes} bytes, at most ${limit} are taken`,
    status: 413,
    temporary: false,
  });
}
