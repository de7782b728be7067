import type { PersonFacts } from '../domain/people/person.ts';
import type { Locale } from '../domain/policy.ts';
import { ANSWER } from '../domain/texts/states.ts';
import { inBrackets, printable, stageName } from '../domain/texts/words.ts';

/** Family and given name, as the first record that has them writes them; empty where none has. */
export function nameOf({ sightings }: Pick<PersonFacts, 'sightings'>): string {
  const values = sightings[0]?.values ?? {};
  const parts = [values['lastname'] ?? values['LastName'], values['firstname'] ?? values['FirstName']].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return printable(parts.join(' '));
}

/** What an entry tells of sales' answer: `差し戻し(bad-fit)`; empty where it tells of none. */
export function answerText({ evidence, by }: PersonFacts['stages'][number], locale: Locale): string {
  const { answer, reason, takenBack } = evidence;
  if (typeof takenBack === 'string')
    return locale === 'ja' ? `${stageName(takenBack, 'ja')}を取り消し` : `${stageName(takenBack, 'en')} was taken back`;
  // How it came about says so already.
  if (by === 'silence') return '';
  const said = ANSWER[String(answer) as keyof typeof ANSWER]?.[locale];
  const why = reason === undefined || reason === null ? '' : printable(String(reason));
  if (said !== undefined) return `${said}${inBrackets(locale, why)}`;
  if (why === '') return '';
  return locale === 'ja' ? `理由: ${why}` : `reason: ${why}`;
}
