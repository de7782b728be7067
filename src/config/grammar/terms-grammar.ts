import * as z from 'zod';
import type { BANT_ITEMS } from '../../domain/agreement/agreement.ts';
import { MOST_REASONS, REVIEW_CYCLES, type TARGETS } from '../../domain/agreement/terms.ts';
import { fieldName } from './condition-grammar.ts';
import { block, choice, date, duration, list, named, scalar, words } from './leaves.ts';

const bantField = block({
  hubspot: words('a HubSpot property').optional(),
  salesforce: words('a Salesforce field, such as BANT_Budget__c').optional(),
  confirmed: list(scalar, 'values')
    .min(1, { error: 'must have one value at least.' })
    .optional()
    .describe('確認できたとみなす値。なければ、空欄と false 以外'),
}).superRefine(({ hubspot, salesforce }, context) => {
  if (hubspot === undefined && salesforce === undefined)
    context.addIssue({
      code: 'custom',
      message: 'A BANT item names the field that tells it: hubspot, salesforce, or both.',
    });
});

/** `bant:` of agreement.yaml: the four fields. */
export const bant = block({
  budget: bantField.describe('予算'),
  authority: bantField.describe('決裁権'),
  need: bantField.describe('課題'),
  timeline: bantField.describe('時期'),
} satisfies Record<(typeof BANT_ITEMS)[number], unknown>).describe('BANT の 4 項目。どの項目に記録するか');
export type WrittenBant = z.infer<typeof bant>;

const entry = block({
  required: list(fieldName, 'fields')
    .min(1, { error: 'must name one field at least.' })
    .describe('埋まっているべき項目'),
}).optional();

/** `registration:` of agreement.yaml. */
export const registration = block({
  lead: entry,
  MQL: entry,
  SAL: entry,
  SQL: entry,
  opportunity: entry,
  customer: entry,
  'status-updates': block({ within: duration }).optional().describe('ステータスを更新する期限'),
}).describe('登録ルール: その段階に入るまでに埋まっているべき項目');
export type WrittenRegistration = z.infer<typeof registration>;

const CODE = /^[a-z][a-z\d-]*$/u;

/** Code, then what people read. Of more than six, people take the first that is not wrong. */
export const reasons = named(
  words('what people read, such as 予算なし'),
  'a block: code, then what people read',
).superRefine((given, context) => {
  const codes = Object.keys(given);
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (codes.length > MOST_REASONS) complain(`has ${codes.length} reasons; it must be at most ${MOST_REASONS}.`);
  for (const code of codes.filter((each) => !CODE.test(each)))
    complain(`has the code "${code}"; a code is made of small letters, digits and hyphens: no-budget.`);
});

/** `review:` of agreement.yaml. */
export const review = block({
  every: choice(REVIEW_CYCLES).describe('見直しサイクル'),
  next: date.describe('次の見直し日'),
  'tasks-for': list(words('a role of the agreement'), 'roles').min(1, { error: 'must name one role at least.' }),
});
export type WrittenReview = z.infer<typeof review>;

const share = z
  .string({ error: 'must be a share, such as 25%.' })
  .regex(/^(100|\d{1,2}(\.\d+)?)%$/u, { error: 'must be a share from 0% to 100%, such as 25%.' })
  .optional();
type Shares = Record<(typeof TARGETS)[number], typeof share>;

/** `targets:` of agreement.yaml. */
export const targets = block({
  'mql-to-sql': share,
  'sql-to-deal': share,
  'deal-to-won': share,
  'first-contact-in-time': share,
  neglected: share,
} satisfies Shares).describe('共通 KPI の目標値(%)。neglected は上限、ほかは下限');
export type WrittenTargets = z.infer<typeof targets>;
