import * as z from 'zod';
import { condition } from './condition-grammar.ts';
import { block, choice, list, named, words } from './leaves.ts';

const settledBy = ['hubspot', 'salesforce', 'newest', 'ask'] as const;

const salesforceField = words('a Salesforce field, such as Title');
const bothOrOne = z.union(
  [salesforceField, block({ Lead: salesforceField.optional(), Contact: salesforceField.optional() })],
  {
    error: 'must be a Salesforce field (Title), or one per object ({ Lead: Company }).',
  },
);

const field = block(
  {
    hubspot: words('a HubSpot property, such as jobtitle'),
    salesforce: bothOrOne,
    policy: choice(['two-way', 'hubspot', 'salesforce', 'fill-blank']).describe(
      'two-way: 双方向 / hubspot, salesforce: その側が正 / fill-blank: 空欄だけ補う',
    ),
    conflict: choice(settledBy).optional().describe('両方で変わったとき'),
    first: choice(settledBy).optional().describe('初めて突き合わせたとき、値が違う場合'),
    clears: choice(['keep', 'follow']).optional().describe('片方が消されたとき: keep 残す / follow 消す'),
    as: choice(['text', 'email', 'phone', 'number', 'boolean', 'date', 'datetime', 'picklist'])
      .optional()
      .describe('比べ方'),
    values: named(words('the Salesforce value'), 'a block: HubSpot value, then Salesforce value').optional(),
  },
  ['once'],
);

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
      fields: list(field, 'fields').min(1, { error: 'must have one field at least.' }),
    },
    ['shared-mailboxes', 'opt-out', 'owner'],
  ),
});
export type ContactFile = z.infer<typeof contactFile>;
export type WrittenField = ContactFile['person']['fields'][number];
