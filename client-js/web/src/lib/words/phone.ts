// Telephone numbers: French ones in pairs of digits, foreign ones as they were written, each with the word beside it.
import { parsePhoneNumber, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'virtual:phone-metadata';

export interface Phone {
  shown: string;
  /** For a link (RFC 3966); empty: nothing that could be dialled. */
  tel: string;
}

/** Where a number without a country is looked for: France first, then overseas. */
const french: readonly CountryCode[] = ['FR', 'RE', 'YT', 'GP', 'MQ', 'GF', 'PM', 'NC', 'PF', 'WF'];
const hard = '\u00a0';
/** 3949, 15, 115, 1044, 116117, 118000: dialled as they are, from France only. */
const short = /^(1[578]|11\d|10\d\d|3\d{3}|11[68]\d{3})$/;

/** null: no number at all, or one that does not exist. */
export function readPhone(text: string): Phone | null {
  const written = text.replace(/\s+/g, ' ').trim();
  const [, number = '', aside = ''] = /^([+\d][\d .()/-]*?)((?: ?\(\p{L}|[ ,;]*[\p{L}#]).*)?$/u.exec(written) ?? [];
  const digits = number.replace(/\D/g, '');
  if (short.test(digits)) return { shown: written, tel: `tel:${digits}` };
  const [, extension] = /^[ ,;]*(?:poste|p\.|ext\.?|#) ?(\d{1,6})$/i.exec(aside) ?? [];
  const dialled = number.startsWith('+') || digits.startsWith('00') ? abroad(number, digits) : athome(number);
  if (!dialled) return null;
  return {
    shown: `${dialled.shown}${aside && ` ${aside.trim()}`}`.replaceAll(' ', hard),
    tel: `tel:${dialled.e164}${extension ? `;ext=${extension}` : ''}`,
  };
}

/** One number, or two: « 03 53 01 00 12 / 06 39 98 00 01 »; null if one of them is wrong. */
export function readPhones(text: string): Phone[] | null {
  const found = text
    .split(/ ?\/ ?| ou |;/)
    .filter((part) => part.trim() !== '')
    .map(readPhone);
  return found.length > 0 && found.length <= 2 && !found.includes(null) ? (found as Phone[]) : null;
}

/** As it is to be shown, whatever was recorded. */
export function phone(text: string): string {
  return phonesOf(text)
    .map(({ shown }) => shown)
    .join(' / ');
}

/** For links; what cannot be read stays as it is and is no link. */
export function phonesOf(text: string): Phone[] {
  return readPhones(text) ?? [{ shown: text, tel: '' }];
}

type Dialled = { shown: string; e164: string } | null;

function athome(number: string): Dialled {
  for (const country of french) {
    const parsed = parsedIn(number, country);
    if (parsed?.isValid()) return { shown: parsed.formatNational(), e164: parsed.number };
  }
  return null;
}

function abroad(number: string, digits: string): Dialled {
  const international = number.startsWith('+') ? number : `+${digits.slice(2)}`;
  const parsed = parsedIn(international, 'FR');
  if (parsed) {
    // Of other countries only how many digits they have is held against a number: their plans change without us.
    const isFrench = french.includes(parsed.country ?? 'FR');
    if (!(isFrench ? parsed.isValid() : parsed.isPossible())) return null;
    return { shown: parsed.country === 'FR' ? parsed.formatNational() : number, e164: parsed.number };
  }
  // A country beyond those whose numbers are known here: the length of any number (E.164) must do.
  const all = international.replace(/\D/g, '');
  return /^[1-9]\d{7,14}$/.test(all) && !knownCodes.some((code) => all.startsWith(code))
    ? { shown: number, e164: `+${all}` }
    : null;
}

const knownCodes = Object.keys(metadata.country_calling_codes);

function parsedIn(number: string, country: CountryCode) {
  try {
    const parsed = parsePhoneNumber(number, { defaultCountry: country, extract: false }, metadata);
    return parsed.countryCallingCode ? parsed : null;
  } catch {
    return null;
  }
}
