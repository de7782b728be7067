import type { ObjectName } from '../../domain/people/record.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** The first three characters of an id name its object. */
const OBJECT_OF_PREFIX: Readonly<Record<string, ObjectName>> = {
  '00Q': 'Lead',
  '003': 'Contact',
  '001': 'Account',
  '006': 'Opportunity',
  '00K': 'OpportunityContactRole',
  '00T': 'Task',
  '00U': 'Event',
};

export function isSalesforceId(text: string): boolean {
  return ID.test(text);
}

/**
 * The 18-character form of an id.
 *
 * Answers carry 18 characters, some messages 15, and the two would not compare. The last three are a checksum of the case of
 * the first fifteen: five bits for each of three groups, bit k set where character k is a capital.
 *
 *     to18('00Qxx0000004GxD')   // => '00Qxx0000004GxDEAU'
 */
export function to18(id: string): string {
  const stem = id.slice(0, 15);
  const checksum = [0, 5, 10].map((start) => {
    const capitals = [0, 1, 2, 3, 4].filter((k) => /[A-Z]/.test(stem.charAt(start + k)));
    return ALPHABET[capitals.reduce((bits, k) => bits + (1 << k), 0)];
  });
  return stem + checksum.join('');
}

/** The records named in a message, such as "… on record with id: 00Q…", whatever the user's language. */
export function recordsNamedIn(message: string): readonly { readonly object: ObjectName; readonly id: string }[] {
  return [...message.matchAll(/\b[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\b/g)].flatMap(([id]) => {
    const object = OBJECT_OF_PREFIX[id.slice(0, 3)];
    return object === undefined ? [] : [{ object, id: to18(id) }];
  });
}
