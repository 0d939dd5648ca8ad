// French as it is printed, in every text of the pages.
import { expect, test } from 'vitest';
import { proseOf, sources } from './support/prose';

const thin = '\u202f';

/** What is wrong with a text, as it would be read. */
function faultsOf(text: string): string[] {
  const isCode = /^\(|[=#/\\]|^[\w-]*:$/.test(text);
  return [
    /\p{L}'\p{L}/u.test(text) && 'apostrophe',
    /[ \u00a0][?!;:»]|«[ \u00a0]/.test(text) && 'a space that is not narrow',
    !isCode && /[\p{L}\d)»…][?!;:](?=\s|$)/u.test(text) && 'no space',
    /[\p{L}»][?!;:]«|«(?=\S)(?!\u202f)/u.test(text) && 'no space',
  ].filter((fault) => fault !== false);
}

test('the texts of the pages have typographic apostrophes and narrow no-break spaces', () => {
  const faults = sources()
    .flatMap((file) => proseOf(file))
    .flatMap(({ file, text }) => faultsOf(text).map((fault) => `${file}: ${fault}: ${text.trim()}`));
  expect(faults).toEqual([]);
});

/** The left column of the table in docs/domain.md: what is said otherwise. */
const notOurWords =
  /\b(bien vu|compteurs?|garde|garderies?|périmée?s?|surréserv\p{L}*|manager|adaptation|Pôle emploi|une option)\b/iu;

test('the pages say one word for one thing', () => {
  const faults = sources()
    .flatMap((file) => proseOf(file))
    .filter(({ text }) => notOurWords.test(text.replace('halte-garderie', '')) && /[\p{L}]\s|é/u.test(text));
  expect(faults).toEqual([]);
});

test('a fault would be found', () => {
  expect(faultsOf("l'âge")).toEqual(['apostrophe']);
  expect(faultsOf('Déjà venu ?')).toEqual(['a space that is not narrow']);
  expect(faultsOf('Déjà venu?')).toEqual(['no space']);
  expect(faultsOf(`«${thin}Bien${thin}»${thin}: l’âge${thin}?`)).toEqual([]);
});
