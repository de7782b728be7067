import type { Value } from '../values/value.ts';
import type { Sighting } from './record.ts';

/** Full-width Latin letters and digits, half-width kana. */
const WIDTH_FORMS = /[\uFF00-\uFFEF]+/gu;

/**
 * A person's name in the form in which two of them are compared: family name first, without spaces, width and case. Everything else is
 * left as it is written: 髙橋 is not 高橋. `null` without a name.
 *
 *     nameOfPerson(contact)   // lastname '鈴木', firstname ' 太郎'    => '鈴木太郎'
 *     nameOfPerson(lead)      // LastName '鈴木\u3000太郎', no FirstName => '鈴木太郎'
 */
export function nameOfPerson({ record, values }: Pick<Sighting, 'record' | 'values'>): string | null {
  const [last, first] =
    record.system === 'hubspot' ? [values['lastname'], values['firstname']] : [values['LastName'], values['FirstName']];
  const name = `${textOf(last)}${textOf(first)}`
    .replace(WIDTH_FORMS, (wide) => wide.normalize('NFKC'))
    .replace(/\s+/gu, '')
    .toLowerCase();
  return name === '' ? null : name;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** What has to be read of each record for its person's name to be known. */
export const NAME_FIELDS: Readonly<Record<string, readonly string[]>> = {
  contacts: ['lastname', 'firstname'],
  Lead: ['LastName', 'FirstName'],
  Contact: ['LastName', 'FirstName'],
};
