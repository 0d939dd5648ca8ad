/**
 * Where the client tells what it does: `console` will do. It is told names of methods, types of problems, states and
 * times; never parameters, results or tokens.
 */
export type Logger = Partial<Pick<Console, 'debug' | 'warn'>>;
