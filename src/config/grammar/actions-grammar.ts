import * as z from 'zod';
import { block, choice, list, lookBack, named, number, words } from './leaves.ts';

/** One name, or several. */
function oneOrMore(what: string, several: string) {
  return z.union([words(what), list(words(what), several).min(1, { error: 'must name one at least.' })], {
    error: `must be ${what}, or a list of them.`,
  });
}

const KINDS = ['hubspot-form', 'hubspot-marketing-event', 'hubspot-page', 'salesforce-campaign'] as const;

const source = block({
  'hubspot-form': oneOrMore('the name or id of a form', 'forms').optional().describe('フォームの名前または ID'),
  'hubspot-marketing-event': choice(['attended', 'registered'])
    .optional()
    .describe('attended: 参加した / registered: 申し込んだ(キャンセルを除く)'),
  'hubspot-page': oneOrMore('the path of a page, such as /pricing', 'paths')
    .optional()
    .describe('ページのパス。その下のページも含む。ホスト名と ? 以降は見ない'),
  'salesforce-campaign': choice(['responded']).optional().describe('responded: キャンペーンに反応した'),
  named: oneOrMore('the name of an event or a campaign', 'names')
    .optional()
    .describe('イベント、キャンペーンの名前。なければすべて'),
}).superRefine((given, context) => {
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (kinds.length !== 1)
    complain(
      `An action is one thing: ${KINDS.join(', ')}. Here: ${kinds.join(' and ') || 'none'}. Where several count, write a list: [{ … }, { … }].`,
    );
  else if (given.named !== undefined && kinds[0] !== 'hubspot-marketing-event' && kinds[0] !== 'salesforce-campaign')
    complain(`A ${kinds[0]} is named where it stands. Remove "named".`);
});
export type WrittenSource = z.infer<typeof source>;

const action = z.union([source, list(source, 'ways of doing it').min(1, { error: 'must have one way at least.' })], {
  error: 'must be a block such as { hubspot-form: 見積依頼 }, or a list of such blocks.',
});

/** `actions:` of agreement.yaml. */
export const actions = named(action, 'a block: the name of an action, then what it is').describe(
  '何を「行動」と数えるか。名前は、スコアと条件で使う',
);
export type WrittenActions = z.infer<typeof actions>;

const behaviourRule = block({
  action: words('the name of an action'),
  points: number('points for each time, such as 15').describe('1 回あたりの点数'),
  'at-most': number('the most points that this rule gives').positive({ error: 'must be more than 0.' }).optional(),
  within: lookBack.optional().describe('数える期間(判定のときからさかのぼる)'),
  'halves-every': lookBack.optional().describe('この期間がたつごとに半分になる(端数は切り捨て)'),
});
const behaviourRules = list(behaviourRule, 'rules').min(1, { error: 'must have one rule at least.' });
export type WrittenBehaviourRule = z.infer<typeof behaviourRule>;

const leadScore = block({ hubspot: words("the HubSpot property that holds HubSpot's own score") });

/** HubSpot's own score, or points for actions. */
export const behaviour = z
  .union([leadScore, behaviourRules], {
    error: "must be HubSpot's own score ({ hubspot: leadscore }), or a list of rules ([{ action: …, points: … }]).",
  })
  .nullable()
  .describe('行動スコア: HubSpot のスコアのプロパティ、または行動ごとの点数');
