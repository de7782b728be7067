import * as z from 'zod';
import { block, choice, list, lookBack, number, scalar, words } from './leaves.ts';

const SUBJECTS = ['all', 'any', 'not', 'score', 'field', 'action', 'bant', 'deal', 'answer'] as const;
const TESTS = ['is', 'is-any', 'contains', 'contains-any', 'at-least', 'at-most', 'blank'] as const;
const NUMERIC: readonly string[] = ['at-least', 'at-most'];

/** Subjects of the full language that this version does not execute yet. */
const LATER = ['person', 'company', 'entered', 'criteria-met', 'handed-off', 'met', 'meeting'];

const FIELD = 'hubspot.<property>, salesforce.<field>, person.<name in contact.yaml> or company.<name in company.yaml>';

/** A field as the agreement names it. */
export const fieldName = words(`a field: ${FIELD}`).regex(/^((hubspot|salesforce)\.\w+|(person|company)\.[\w-]+)$/u, {
  error: ({ input }) => {
    const isOther = String(input).startsWith('deal.');
    const allowed = `must be ${FIELD}, such as hubspot.jobtitle.`;
    return isOther ? `names ${String(input)}, which is not yet supported in this version; it ${allowed}` : allowed;
  },
});

export type WrittenCondition = {
  readonly all?: WrittenCondition[] | undefined;
  readonly any?: WrittenCondition[] | undefined;
  readonly not?: WrittenCondition | undefined;
  readonly score?: 'total' | 'behaviour' | 'attribute' | undefined;
  readonly field?: string | undefined;
  readonly action?: string | undefined;
  readonly within?: string | undefined;
  readonly bant?: 'confirmed' | undefined;
  readonly deal?: 'open' | 'won' | 'lost' | undefined;
  readonly answer?: 'accepted' | undefined;
} & WrittenTest;

export type WrittenTest = {
  readonly is?: string | number | boolean | undefined;
  readonly 'is-any'?: (string | number | boolean)[] | undefined;
  readonly contains?: string | undefined;
  readonly 'contains-any'?: string[] | undefined;
  readonly 'at-least'?: number | undefined;
  readonly 'at-most'?: number | undefined;
  readonly blank?: boolean | undefined;
};

const tests = {
  is: scalar.optional(),
  'is-any': list(scalar, 'values').min(1, { error: 'must have one value at least.' }).optional(),
  contains: words('the text to look for').optional(),
  'contains-any': list(words('a text to look for'), 'texts')
    .min(1, { error: 'must have one text at least.' })
    .optional(),
  'at-least': number('a number').optional(),
  'at-most': number('a number').optional(),
  blank: z.boolean({ error: 'must be true (empty) or false (not empty).' }).optional(),
};

/** The keys of one condition with one test, for blocks that carry more beside it (`points`). */
export const conditionShape = {
  get all() {
    return list(condition, 'conditions').min(1, { error: 'must have one condition at least.' }).optional();
  },
  get any() {
    return list(condition, 'conditions').min(1, { error: 'must have one condition at least.' }).optional();
  },
  get not() {
    return condition.optional();
  },
  score: choice(['total', 'behaviour', 'attribute']).optional(),
  field: fieldName.optional(),
  action: words('the name of an action').optional().describe('actions で名前を付けた行動。回数を at-least などで'),
  within: lookBack.optional().describe('action を数える期間(判定のときからさかのぼる)'),
  bant: choice(['confirmed']).optional().describe('BANT のうち確認できた項目の数'),
  deal: choice(['open', 'won', 'lost'])
    .optional()
    .describe('open: 進行中の商談がある / won: 受注した / lost: 失注した'),
  answer: choice(['accepted'])
    .optional()
    .describe('accepted: 営業が受け入れた(差し戻しは recycled になるので、条件には書かない)'),
  ...tests,
};

/** What is a number is compared as one. */
const COUNTED = { score: 'A score', action: 'An action', bant: 'BANT' } as const;

/** Exactly one subject, and exactly one test where the subject wants one. */
export const checkCondition = (given: WrittenCondition, context: z.RefinementCtx): void => {
  const subjects = SUBJECTS.filter((key) => given[key] !== undefined);
  const used = TESTS.filter((key) => given[key] !== undefined);
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  const [subject = 'field'] = subjects;
  if (subjects.length !== 1) {
    const found = subjects.length === 0 ? 'none' : subjects.join(' and ');
    complain(
      `A condition asks about one thing: ${SUBJECTS.slice(0, -1).join(', ')} or ${SUBJECTS.at(-1)}. Here: ${found}.`,
    );
    return;
  }
  if (given.within !== undefined && subject !== 'action')
    complain(`A period ("within") belongs to "action", not to "${subject}".`);
  const counted = subject === 'score' || subject === 'action' || subject === 'bant' ? COUNTED[subject] : undefined;
  const wantsTest = counted !== undefined || subject === 'field';
  if (wantsTest && used.length !== 1) {
    const found = used.length === 0 ? 'none' : used.join(' and ');
    complain(
      `A condition on "${subject}" has one test: ${(counted === undefined ? TESTS : NUMERIC).join(', ')}. Here: ${found}.`,
    );
  } else if (!wantsTest && used.length > 0) {
    complain(`A test ("${used.join('", "')}") belongs to "field" or "score", not to "${subject}".`);
  } else if (counted !== undefined && !used.every((test) => NUMERIC.includes(test))) {
    complain(`${counted} is compared with at-least or at-most.`);
  }
};

/** `{ score: total, at-least: 80 }`, `{ field: hubspot.jobtitle, contains-any: [部長] }`, `{ deal: open }`, `all:`, `any:`, `not:`. */
export const condition: z.ZodType<WrittenCondition> = z.lazy(() =>
  block(conditionShape, LATER).superRefine(checkCondition),
);
