import * as z from 'zod';
import { grace, lapse, remind } from './lapse-grammar.ts';
import { block, choice, duration, list, words } from './leaves.ts';

const team = words('the name of a team in owners.yaml');
/** Nobody is seen to become a lead or a subscriber: that is what they are when they are first met. */
const stage = choice(['MQL', 'SAL', 'SQL', 'opportunity', 'customer'], ['recycled', 'disqualified']);
/** What sales sends back ends what it owes; that marketing owes something from then on is not obeyed yet. */
const lastStage = choice(['MQL', 'SAL', 'SQL', 'opportunity', 'customer', 'recycled', 'disqualified']);

function namedIn<T extends object>(given: T, names: readonly (keyof T & string)[]): readonly string[] {
  return names.filter((name) => given[name] !== undefined);
}

const STARTS = ['handed-off', 'criteria-met', 'deal', 'entered', 'met'] as const;

const starts = block({
  'handed-off': team.optional(),
  'criteria-met': stage
    .optional()
    .describe('このステージの条件を満たしたとき(Salesforce に載る前から数える。人や自動処理による変更は含まない)'),
  deal: choice(['waiting']).optional().describe('waiting: HubSpot に取引があるのに、その人がまだリードのとき'),
  entered: stage.optional().describe('このステージに入ったとき(引き継いだだけのステージは含まない)'),
  met: words('the name of another deadline').optional().describe('ほかの期限が果たされたとき(遅れた場合も)'),
}).superRefine((given, context) => {
  const named = namedIn(given, STARTS);
  if (named.length === 1) return;
  const message =
    'A deadline starts with one thing: handed-off (a team), criteria-met or entered (a stage), met (another deadline), or deal: waiting. Here: ';
  context.addIssue({ code: 'custom', message: `${message}${named.join(' and ') || 'none'}.` });
});

const endShape = {
  contact: list(choice(['call', 'email', 'meeting']), 'call, email, meeting')
    .min(1, { error: 'must name one kind at least.' })
    .optional(),
  converted: z.literal(true, { error: 'must be true.' }).optional().describe('リードの取引が開始された'),
  entered: lastStage
    .optional()
    .describe('このステージか、その先のステージに入った。recycled・disqualified は、その段階になった'),
  answer: choice(['any']).optional().describe('any: 営業が受け入れるか、差し戻した'),
  'handed-off': team.optional().describe('このチームに引き渡され、Salesforce で確認できた'),
  deal: choice(['open', 'won', 'lost']).optional().describe('Salesforce に、その人の商談がある'),
  with: list(choice(['amount', 'close-date']), 'amount, close-date')
    .optional()
    .describe('商談のうち、埋まっているべき項目: 金額、完了予定日'),
  meeting: choice(['booked']).optional().describe('打ち合わせが予定に入った(これからのものも数える)'),
  by: words('team, owner, or the name of a team').optional().describe('誰の接触か、誰の打ち合わせか'),
};

type End = z.infer<z.ZodObject<typeof endShape>>;
const ENDS = ['contact', 'converted', 'entered', 'answer', 'handed-off', 'deal', 'meeting'] as const;

const ONE_END =
  'A deadline ends with one thing: contact (by team or owner), converted: true, entered (a stage), answer: any, handed-off (a team), deal (open, won or lost), meeting: booked; or any of several. Here: ';

function checkEnd(end: End, context: z.core.$RefinementCtx): void {
  const message = faultIn(end);
  if (message !== null) context.addIssue({ code: 'custom', message });
}

function faultIn(end: End): string | null {
  const named = namedIn(end, ENDS);
  if (named.length !== 1) return `${ONE_END}${named.join(' and ') || 'none'}.`;
  if (end.with !== undefined && end.deal === undefined)
    return '"with" says what is filled in on a deal, so it belongs to "deal".';
  if (end.contact !== undefined) return faultInContact(end);
  if (end.meeting !== undefined)
    return end.by === undefined
      ? 'A deadline that ends with a meeting says whose counts: by: owner, or by: and the name of a team.'
      : null;
  if (end.by === undefined) return null;
  return end.converted === undefined
    ? 'That counts whoever does it. Remove "by".'
    : 'A conversion counts whoever makes it. Remove "by".';
}

function faultInContact({ by }: End): string | null {
  if (by === undefined) return 'A deadline that ends with contact says whose counts: by: team, or by: owner.';
  return by === 'team' || by === 'owner'
    ? null
    : '"by" of a contact must be one of team, owner: the team that has received the person, or the owner alone.';
}

const oneEnd = block(endShape).superRefine(checkEnd);

const ends = block({
  ...endShape,
  any: list(oneEnd, 'ends').min(2, { error: 'must name two ends at least.' }).optional(),
}).superRefine(({ any, ...end }, context) => {
  if (any === undefined) checkEnd(end, context);
  else if (Object.values(end).some((given) => given !== undefined))
    context.addIssue({ code: 'custom', message: 'Beside "any" nothing else can stand: put it into the list.' });
});

export const deadline = block({
  department: choice(['marketing', 'sales']),
  who: choice(['owner'], ['deputy', 'manager'])
    .optional()
    .describe('既定は owner。criteria-met で始まる期限では、HubSpot の担当者(いなければマーケティング責任者)'),
  starts,
  ends,
  within: duration,
  remind: remind.optional(),
  grace: grace.optional(),
  lapse: lapse.optional(),
  otherwise: choice(['accepted'])
    .optional()
    .describe('accepted: 期限までに返答がなければ、受け入れたものとみなす(このとき lapse は書かない)'),
}).superRefine(({ ends: ended, lapse: lapsed, otherwise }, context) => {
  const complain = (message: string, path: string[]) => context.addIssue({ code: 'custom', message, path });
  if (otherwise === undefined) return;
  if (ended.answer === undefined)
    complain('"otherwise: accepted" says what silence means, so this deadline ends with { answer: any } alone.', [
      'otherwise',
    ]);
  if (lapsed !== undefined)
    complain(
      'Silence counts as accepted ("otherwise"), so nothing is left to remind anybody of. Remove one of the two.',
      ['lapse'],
    );
});
export type WrittenDeadline = z.infer<typeof deadline>;
export type WrittenEnd = z.infer<typeof oneEnd>;
