import { mutatingMethods, type Methods } from './generated/messages.js';
import { uuidv7 } from './key.js';

export type MethodName = keyof Methods;

export type MutatingMethod = (typeof mutatingMethods)[number];

/** The parameters of a method; the `key` of a mutating one is made if it is not given. */
export type CallParams<Method extends MethodName> = Method extends MutatingMethod
  ? Omit<Methods[Method]['params'], 'key'> & { key?: string }
  : Methods[Method]['params'];

export type CallResult<Method extends MethodName> = Methods[Method]['result'];

export interface CallOptions {
  /** Until then the call is repeated where that can help; by default `timing.call`. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export function isMutating(method: MethodName): method is MutatingMethod {
  return (mutatingMethods as readonly string[]).includes(method);
}

/** With a key, the same over all repeats, where the method changes something. */
export function withKey(method: MethodName, params: object, now?: number): object {
  return isMutating(method) ? { key: uuidv7(now), ...params } : params;
}
