import * as z from 'zod';
import { block, choice, duration, named, words } from './leaves.ts';

/** Who settles a double edit, or two different values at the first meeting. */
const settledBy = ['hubspot', 'salesforce', 'newest', 'ask'] as const;

const salesforceField = words('a Salesforce field, such as Title');

/** People are Lead and Contact in Salesforce; companies and deals are one object, and name one field. */
const bothOrOne = z.union(
  [salesforceField, block({ Lead: salesforceField.optional(), Contact: salesforceField.optional() })],
  {
    error: 'must be a Salesforce field (Title), or one per object ({ Lead: Company }).',
  },
);

/** Which side stands, and what settles it when both moved: the same words for a field, a stage, an amount, a date. */
export const settlement = {
  conflict: choice(settledBy).optional().describe('両方で変わったとき'),
  first: choice(settledBy).optional().describe('初めて突き合わせたとき、値が違う場合'),
};

/** Settles a double edit that was left to a person and that nobody has settled for so long. One for all fields of the file that ask. */
export const conflictDefault = block({
  after: duration,
  to: choice(['hubspot', 'salesforce', 'newest']).describe('採用する側。newest: あとから更新されたレコード'),
})
  .optional()
  .describe('conflict: ask の項目で、この時間たっても人が決めなかったとき。書かなければ、人が決めるまで待つ');
export type WrittenDefault = NonNullable<z.infer<typeof conflictDefault>>;

const SIDES = 'two-way: 双方向 / hubspot, salesforce: その側が正 / fill-blank: 空欄だけ補う / once: 最初の一度だけ写す';
const POLICIES = `${SIDES} / stricter: 配信停止など。厳しいほうに合わせ、解除しない`;
/** Of an amount, which is no consent. */
export const amountPolicy = choice(['two-way', 'hubspot', 'salesforce', 'fill-blank', 'once']).describe(SIDES);
const fieldPolicy = choice(['two-way', 'hubspot', 'salesforce', 'fill-blank', 'once', 'stricter']).describe(POLICIES);

export const clears = choice(['keep', 'follow']).optional().describe('片方が消されたとき: keep 残す / follow 消す');

function line<T extends z.ZodType>(salesforce: T) {
  return block({
    hubspot: words('a HubSpot property, such as jobtitle'),
    salesforce,
    policy: fieldPolicy,
    ...settlement,
    clears,
    as: choice(['text', 'email', 'phone', 'number', 'boolean', 'date', 'datetime', 'picklist', 'multi'])
      .optional()
      .describe('比べ方'),
    name: words('a name of your own')
      .regex(/^[\w-]+$/u, { error: 'must be letters, digits, - and _: employees, decision-maker-access.' })
      .optional()
      .describe('合意(agreement.yaml)での呼び名。person.〇〇、company.〇〇。なければ HubSpot の名前'),
    values: named(words('the Salesforce value'), 'a block: HubSpot value, then Salesforce value').optional(),
  });
}

/** One line of `fields:` in contact.yaml. */
export const personField = line(bothOrOne);
/** One line of `fields:` in company.yaml and deal.yaml. */
export const recordField = line(salesforceField);

export type WrittenField = z.infer<typeof personField> | z.infer<typeof recordField>;
