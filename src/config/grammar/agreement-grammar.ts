import * as z from 'zod';
import { actions, behaviour } from './actions-grammar.ts';
import { checkCondition, condition, conditionShape } from './condition-grammar.ts';
import { deadline } from './deadline-grammar.ts';
import { tasks } from './lapse-grammar.ts';
import { block, choice, date, email, list, lookBack, named, number, words } from './leaves.ts';
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
    'hand-off': block({
      to: words('the name of a team in owners.yaml'),
      brief: z
        .boolean({ error: 'must be true or false.' })
        .optional()
        .describe('true: 引き渡しのとき、受け取る人へのメモ(理由、行動、これまでの接触)を Tasuki_Brief__c に書く'),
    }).optional(),
  },
  ['reasons'],
);

const customer = stage.safeExtend({
  'second-pass': z
    .literal(true, { error: 'must be true.' })
    .optional()
    .describe('true: 顧客になった人も、その後の行動で条件を満たし直したら、もう一度引き渡す(2 周目)'),
});

/** Beside the funnel: nobody gets there by a criterion. */
const beside = block({ reasons: reasons.describe('理由コードと、画面で読む言葉(6 つまで)') }).optional();

const shownAs = block({
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
  'salesforce.Lead.Status': named(
    words('a status of the Lead, as Salesforce stores it'),
    'a block: stage, then the Lead status that shows it',
  )
    .optional()
    .describe('リードの「状況」への表示。前にしか進まない。取引開始済みにあたる値は書けない'),
});

const startsAt = words('first-run, a date (2026-10-01) or an instant with its zone (2026-10-01T09:00+09:00)');

/** mappings/agreement.yaml. */
export const agreementFile = block(
  {
    version: words('a name for this version, such as 2026-10'),
    effective: date,
    adopt: block({ open_since: lookBack.describe('運用開始前のどこまでを引き取るか: 30 days') })
      .optional()
      .describe(
        '運用開始前にそのステージに入り、まだ進行中で、その後の接触がない人を引き取る。なければ、誰も引き取らない',
      ),
    applies_to: choice(['new', 'everyone'])
      .optional()
      .describe(
        'この版の条件で新たに該当する人のうち、誰を引き渡すか。new: これから該当した人だけ。everyone(既定): 条件の変更で該当した人も',
      ),
    starts_at: startsAt.describe('運用開始時点: first-run、日付、または日時'),
    roles: named(email, 'a block: role, then an e-mail address').optional(),
    review: review.optional(),
    actions: actions.optional(),
    score,
    registration: registration.optional(),
    bant: bant.optional(),
    stages: block({
      subscriber: stage.optional(),
      lead: stage.optional(),
      MQL: stage.optional(),
      SAL: stage.optional(),
      SQL: stage.optional(),
      opportunity: stage.optional(),
      customer: customer.optional(),
      recycled: beside,
      disqualified: beside,
      'shown-as': shownAs,
      'manual-edits': choice(['accept', 'flag'])
        .optional()
        .describe(
          'HubSpot のライフサイクルステージを人が手で進めたとき。accept: そのステージに進める(既定)/ flag: 進めずに、要確認に出す',
        ),
    }),
    answers: block({ 'reject-reasons': reasons.describe('差し戻しの理由(6 つまで)') }).optional(),
    deadlines: named(deadline, 'a block: name, then the deadline').optional(),
    tasks: tasks.optional(),
    targets: targets.optional(),
  },
  ['reminders'],
);
export type AgreementFile = z.infer<typeof agreementFile>;
