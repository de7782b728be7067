import * as z from 'zod';
import { actions, behaviour } from './actions-grammar.ts';
import { checkCondition, condition, conditionShape } from './condition-grammar.ts';
import { deadline } from './deadline-grammar.ts';
import { tasks } from './lapse-grammar.ts';
import { block, choice, date, email, list, named, number, words } from './leaves.ts';
import { bant, reasons, registration, review, targets } from './terms-grammar.ts';

const department = choice(['marketing', 'sales']);

const attributeRule = block({ ...conditionShape, points: number('points, such as 5') }).superRefine(checkCondition);

const score = block({
  behaviour: behaviour.optional(),
  attribute: list(attributeRule, 'rules').optional().describe('属性スコア: 条件と点数'),
});

const stage = block(
  {
    department,
    when: condition.optional().describe('この段階に入る条件。なければ、これまでの記録を引き継ぐだけ'),
    'hand-off': block({ to: words('the name of a team in owners.yaml') }, ['brief']).optional(),
  },
  ['reasons'],
);

/** Beside the funnel: nobody gets there by a criterion. */
const beside = block({ reasons: reasons.describe('理由コードと、画面で読む言葉(6 つまで)') }).optional();

const shownAs = block(
  {
    'hubspot.lifecyclestage': named(
      words("one of HubSpot's lifecycle stages"),
      'a block: stage, then the lifecycle stage that shows it',
    ),
    reset_lifecycle: z
      .boolean({ error: 'must be true or false.' })
      .optional()
      .describe(
        'true: 表示が実際のステージより先に進んでいたら戻す(一度空にしてから設定)。既定は false: 要確認として知らせるだけ',
      ),
  },
  ['salesforce.Lead.Status'],
);

const startsAt = words('first-run, a date (2026-10-01) or an instant with its zone (2026-10-01T09:00+09:00)');

/** mappings/agreement.yaml. */
export const agreementFile = block(
  {
    version: words('a name for this version, such as 2026-10'),
    effective: date,
    starts_at: startsAt.describe('運用開始時点: first-run、日付、または日時'),
    roles: named(email, 'a block: role, then an e-mail address').optional(),
    review: review.optional(),
    actions: actions.optional(),
    score,
    registration: registration.optional(),
    bant: bant.optional(),
    stages: block(
      {
        subscriber: stage.optional(),
        lead: stage.optional(),
        MQL: stage.optional(),
        SAL: stage.optional(),
        SQL: stage.optional(),
        opportunity: stage.optional(),
        customer: stage.optional(),
        recycled: beside,
        disqualified: beside,
        'shown-as': shownAs,
      },
      ['manual-edits'],
    ),
    answers: block({ 'reject-reasons': reasons.describe('差し戻しの理由(6 つまで)') }).optional(),
    deadlines: named(deadline, 'a block: name, then the deadline').optional(),
    tasks: tasks.optional(),
    targets: targets.optional(),
  },
  ['adopt', 'applies_to', 'reminders'],
);
export type AgreementFile = z.infer<typeof agreementFile>;
