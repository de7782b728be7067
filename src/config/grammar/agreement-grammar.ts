import type * as z from 'zod';
import { checkCondition, condition, conditionShape } from './condition-grammar.ts';
import { block, choice, date, duration, email, list, named, number, words } from './leaves.ts';

const department = choice(['marketing', 'sales']);

const attributeRule = block({ ...conditionShape, points: number('points, such as 5') }).superRefine(checkCondition);

const score = block({
  behaviour: block({ hubspot: words("the HubSpot property that holds HubSpot's own score") })
    .nullable()
    .optional()
    .describe('行動スコア: HubSpot のスコアのプロパティ'),
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

const shownAs = block(
  {
    'hubspot.lifecyclestage': named(
      words("one of HubSpot's lifecycle stages"),
      'a block: stage, then the lifecycle stage that shows it',
    ),
  },
  ['salesforce.Lead.Status'],
);

const deadline = block(
  {
    department,
    who: choice(['owner'], ['deputy', 'manager']),
    starts: block({ 'handed-off': words('the name of a team in owners.yaml') }, ['criteria-met', 'entered', 'met']),
    ends: block(
      {
        contact: list(choice(['call', 'email', 'meeting']), 'call, email, meeting').min(1, {
          error: 'must name one kind at least.',
        }),
        by: choice(['team', 'owner']),
      },
      ['handed-off', 'answer', 'any', 'entered', 'deal', 'meeting'],
    ),
    within: duration,
    lapse: block({ task: choice(['urgent', 'normal']) }, ['escalate']),
  },
  ['otherwise', 'remind'],
);

const startsAt = words('first-run, a date (2026-10-01) or an instant with its zone (2026-10-01T09:00+09:00)');

/** mappings/agreement.yaml. */
export const agreementFile = block(
  {
    version: words('a name for this version, such as 2026-10'),
    effective: date,
    starts_at: startsAt.describe('運用開始時点: first-run、日付、または日時'),
    roles: named(email, 'a block: role, then an e-mail address').optional(),
    score,
    stages: block(
      {
        subscriber: stage.optional(),
        lead: stage.optional(),
        MQL: stage.optional(),
        SAL: stage.optional(),
        SQL: stage.optional(),
        opportunity: stage.optional(),
        customer: stage.optional(),
        'shown-as': shownAs,
      },
      ['recycled', 'disqualified', 'manual-edits'],
    ),
    deadlines: named(deadline, 'a block: name, then the deadline').optional(),
  },
  ['adopt', 'applies_to', 'review', 'actions', 'registration', 'bant', 'answers', 'reminders', 'targets'],
);
export type AgreementFile = z.infer<typeof agreementFile>;
