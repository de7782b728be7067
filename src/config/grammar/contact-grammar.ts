import type * as z from 'zod';
import { condition } from './condition-grammar.ts';
import { conflictDefault, personField } from './field-grammar.ts';
import { block, choice, list, named, number, words } from './leaves.ts';

/** The left side of an address, or the whole of it; written with the @ or without. */
const mailbox = words('a mailbox, such as info or support@example.co.jp').regex(/^[^\s@]+(@\S*)?$/u, {
  error: 'must be a mailbox: info, or support@example.co.jp.',
});

const createInSalesforce = block({
  when: block({ stage: choice(['lead', 'MQL', 'SAL', 'SQL', 'opportunity', 'customer']) }),
  as: choice(['Lead'], ['Contact']),
  with: named(
    words('a text, such as Web or {company|(会社名未入力)}'),
    'a block: Salesforce field, then its value',
  ).optional(),
});

const matching = block({
  'shared-mailboxes': list(mailbox, 'mailboxes')
    .optional()
    .describe('何人かで読むアドレス。@ の左側(info)か、アドレス全体。名前も一致したときだけ同じ人とみなす'),
  several: choice(['rule', 'leave'])
    .optional()
    .describe('片方に同じ人のレコードが複数あるとき。rule: 決まった順で一つを選ぶ / leave: 触らず要確認'),
});

const SHARE = 'a share of the people, from 0 to 100';

/** A first step for the careful: few people first, more when all is well. */
const rollout = block({
  percent: number(SHARE)
    .min(0, { error: `must be ${SHARE}.` })
    .max(100, { error: `must be ${SHARE}.` }),
});

/** mappings/contact.yaml. */
export const contactFile = block({
  person: block(
    {
      hubspot: choice(['contacts']),
      salesforce: list(choice(['Lead', 'Contact']), 'Lead, Contact'),
      match: list(choice(['link', 'key', 'native-link', 'email']), 'link, key, native-link, email'),
      matching: matching.optional(),
      ambiguous: choice(['ask']),
      scope: condition.optional().describe('対象にする人。なければ全員'),
      rollout: rollout.optional().describe('書き込む人の割合(%)。残りの人は計画だけ。なければ全員'),
      create: block({ salesforce: createInSalesforce.optional() }, ['hubspot']).optional(),
      'conflict-default': conflictDefault,
      fields: list(personField, 'fields').min(1, { error: 'must have one field at least.' }),
    },
    ['opt-out', 'owner'],
  ),
});
export type ContactFile = z.infer<typeof contactFile>;
