import type * as z from 'zod';
import { condition } from './condition-grammar.ts';
import { personField } from './field-grammar.ts';
import { block, choice, list, named, words } from './leaves.ts';

const createInSalesforce = block({
  when: block({ stage: choice(['lead', 'MQL', 'SAL', 'SQL', 'opportunity', 'customer']) }),
  as: choice(['Lead'], ['Contact']),
  with: named(
    words('a text, such as Web or {company|(会社名未入力)}'),
    'a block: Salesforce field, then its value',
  ).optional(),
});

/** mappings/contact.yaml. */
export const contactFile = block({
  person: block(
    {
      hubspot: choice(['contacts']),
      salesforce: list(choice(['Lead', 'Contact']), 'Lead, Contact'),
      match: list(choice(['link', 'key', 'email'], ['native-link']), 'link, key, email'),
      ambiguous: choice(['ask']),
      scope: condition.optional().describe('対象にする人。なければ全員'),
      create: block({ salesforce: createInSalesforce.optional() }, ['hubspot']).optional(),
      fields: list(personField, 'fields').min(1, { error: 'must have one field at least.' }),
    },
    ['shared-mailboxes', 'opt-out', 'owner'],
  ),
});
export type ContactFile = z.infer<typeof contactFile>;
