import type { ObjectName } from '../../domain/people/record.ts';
import { to18 } from '../../domain/people/salesforce-id.ts';

export { to18 };

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

/** The records named in a message, such as "… on record with id: 00Q…", whatever the user's language. */
export function recordsNamedIn(message: string): readonly { readonly object: ObjectName; readonly id: string }[] {
  return [...message.matchAll(/\b[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\b/g)].flatMap(([id]) => {
    const object = OBJECT_OF_PREFIX[id.slice(0, 3)];
    return object === undefined ? [] : [{ object, id: to18(id) }];
  });
}
