// The communes of France, former ones too: fetched when somebody types what the territory does not have.
import { plainPlace } from './text-match';
import type { NationalName } from './communes';

class France {
  names = $state.raw<NationalName[]>([]);
  state = $state<'absent' | 'loading' | 'ready' | 'failed'>('absent');
  readonly whyNot = 'La liste des communes de France n’a pas pu être lue. Retapez le nom pour réessayer, ou effacez.';

  async load(): Promise<void> {
    if (this.state === 'loading' || this.state === 'ready') return;
    this.state = 'loading';
    try {
      this.names = namesIn((await import('virtual:communes')).default);
      this.state = 'ready';
    } catch {
      this.state = 'failed';
    }
  }
}

/** The largest communes first: they are what is meant most often. */
export function namesIn(lines: string): NationalName[] {
  const sized = lines.split('\n').map((line) => {
    const [insee = '', digits, postcodes = '', ...words] = line.split(' ');
    const name = words.join(' ');
    return { insee, name, plain: plainPlace(name), postcodes, digits: Number(digits) };
  });
  return sized.sort((a, b) => b.digits - a.digits);
}

export const france = new France();
