// What the parent at the desk needs: asked once, kept while the worker moves between pages. The texts are what was
// typed; all else is read from them, so that nothing is shown that was not understood.
import { clock } from '../time/clock.svelte';
import { readAges } from '../typed/age';
import { hoursTrouble, readTime } from '../typed/hours';
import { usualCare } from '../words/labels';
import type { Care, Commune, Office, Period } from '../types';

export interface Moment {
  date: string;
  period: string;
}

/** The fields that are typed into, by their ids on the page. */
export type TypedField = 'age' | 'commune' | 'arrive' | 'leave';

/** All that a reservation may be refused for here, by id. */
export type NeedControl = TypedField | 'known';

export interface NeedTrouble {
  control: NeedControl;
  text: string;
}

/** What a family said, as it was typed and answered. */
export interface Said {
  ageText: string;
  arriveText: string;
  leaveText: string;
  communeText: string;
  commune: Commune | null;
  walker: boolean;
  meal: boolean | null;
  when: Moment | null;
  known: boolean | null;
  care: Care;
  office: string;
}

const nothingSaid = {
  ageText: '',
  arriveText: '',
  leaveText: '',
  communeText: '',
  commune: null,
  walker: false,
  meal: null,
  when: null,
  known: null,
} satisfies Partial<Said>;

class Need implements Said {
  ageText = $state('');
  arriveText = $state('');
  leaveText = $state('');
  communeText = $state('');
  /** The commune that `communeText` names. */
  commune = $state.raw<Commune | null>(null);
  /** Why the text names none; told by the field, which knows what it could have meant. */
  communeTrouble = $state('');
  /** Of one child; of several nobody has said which. */
  walker = $state(false);
  /** null: not answered, and nothing is said of it. */
  meal = $state<boolean | null>(null);
  when = $state.raw<Moment | null>(null);
  /** null: not answered; the structure must know before it is asked for a place. */
  known = $state<boolean | null>(null);
  care = $state<Care>('vip');
  /** The office that books; empty: the account's only one. */
  office = $state('');
  /** The field that somebody types into at the moment: what is half typed is not told to be wrong. */
  typing = $state<TypedField | null>(null);

  #ages = $derived(readAges(this.ageText, clock.today));
  #arrive = $derived(readTime(this.arriveText));
  #leave = $derived(readTime(this.leaveText));
  /** In months, today, one a child; empty while they are not known. */
  ages = $derived<readonly number[]>(this.#ages.value ?? []);
  /** "08:15", or empty: the whole period. */
  arrive = $derived(this.#arrive.value ?? '');
  leave = $derived(this.#leave.value ?? '');

  /** What was typed and cannot be taken for anything, in the order of the fields: nothing is held with it. */
  troubles = $derived.by((): NeedTrouble[] => {
    const typed: NeedTrouble[] = [
      { control: 'age', text: this.#ages.trouble },
      { control: 'commune', text: this.communeText.trim() && !this.commune ? this.communeTrouble : '' },
      { control: 'arrive', text: this.#arrive.trouble },
      { control: 'leave', text: this.#leave.trouble },
    ];
    const found = typed.filter(({ text }) => text !== '');
    const between = hoursTrouble(this.arrive, this.leave);
    return between ? [...found, between] : found;
  });

  /** Something of a family has been said. */
  isStarted = $derived(
    [this.ageText, this.communeText, this.arriveText, this.leaveText].some((text) => text.trim() !== '') ||
      this.walker ||
      this.meal !== null ||
      this.known !== null ||
      this.when !== null,
  );

  /** To be said to who has left the field. */
  troubleAt(control: NeedControl): string {
    return control === this.typing ? '' : (this.troubles.find((trouble) => trouble.control === control)?.text ?? '');
  }

  /** Why the hours do not suit a period. */
  hoursTroubleIn(period: Period): NeedTrouble | null {
    return hoursTrouble(this.arrive, this.leave, period);
  }

  /** What goes without saying for these offices. */
  startFor(offices: readonly Office[]): void {
    this.care = usualCare(offices[0]?.kind);
    // With one office the server knows which; with several the person must be able to see it.
    this.office = offices.length > 1 ? offices[0]!.id : '';
  }

  /** All that is said, to be said again later. */
  said = $derived.by((): Said => {
    const { ageText, arriveText, leaveText, communeText, commune, walker, meal, when, known, care, office } = this;
    return { ageText, arriveText, leaveText, communeText, commune, walker, meal, when, known, care, office };
  });

  /** What is asked of a structure, whatever words it was typed in: two that are equal ask for the same. */
  asked = $derived(
    JSON.stringify([
      this.ages,
      this.arrive,
      this.leave,
      this.commune?.insee,
      this.walker,
      this.meal,
      this.known,
      this.care,
      this.office,
    ]),
  );

  /** In the place of all that was said before; care and office stay if nothing is said of them. */
  say(said: Partial<Said>): void {
    Object.assign(this, nothingSaid, said);
    this.communeTrouble = '';
    this.typing = null;
  }

  clear(): void {
    this.say({});
  }
}

export const need = new Need();
