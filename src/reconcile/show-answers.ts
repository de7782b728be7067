import { type Beside, isBeside } from '../domain/agreement/stage-order.ts';
import type { FieldChange } from '../domain/people/change.ts';
import type { StageEntry } from '../domain/people/person.ts';
import { wordOf } from './answers.ts';
import { NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';
import { OWN_FIELDS, write } from './derived.ts';
import type { StagePlan } from './plan-stage.ts';

/** What HubSpot shows of sales' answer in the pass that a person is in, or has just left. */
type Shown = {
  readonly answer: 'accepted' | 'rejected' | 'silence' | null;
  readonly rejected: string | null;
  readonly recycled: string | null;
  readonly disqualified: string | null;
};

const { hubspot: H } = OWN_FIELDS;

/**
 * What sales said of the person goes back to marketing's record, and the fields in which it is said are emptied in Salesforce where a new
 * pass begins: sales is asked anew, and marketing sees no reason of the time before.
 */
export function planAnswers(view: PersonView, stages: StagePlan, context: PlanContext): Part {
  return { ...NOTHING, hubspot: shownInHubSpot(view, stages, context), salesforce: emptied(view, stages) };
}

function shownInHubSpot(view: PersonView, stages: StagePlan, context: PlanContext): readonly FieldChange[] {
  const { contact } = view;
  if (contact === null) return [];
  const { answer, rejected, recycled, disqualified } = shownNow(view, stages, context);
  const reason = {
    code: 'answer-shown',
    detail: { answer, reason: rejected ?? recycled ?? disqualified },
  } as const;
  return [
    ...show(H.answer, answer),
    ...show(H.rejectReason, rejected),
    ...show(H.recycleReason, recycled),
    ...show(H.disqualifyReason, disqualified),
  ];

  function show(field: string, after: string | null): readonly FieldChange[] {
    return contact === null ? [] : write(contact, field, after, reason);
  }
}

/** Of an answer that moved the person, its entry tells; of one that did not, the record alone. */
function shownNow(view: PersonView, { entries, pass, current }: StagePlan, { policy }: PlanContext): Shown {
  const own = entries.filter((entry) => entry.pass === pass);
  const last = own.at(-1);
  const back = last !== undefined && isBeside(current) ? reasonsOf(last, current) : NO_REASONS;
  if (back.rejected !== null) return { ...back, answer: 'rejected' };
  const said = own.findLast(({ evidence }) => evidence['answer'] === 'accepted');
  if (said !== undefined) return { ...back, answer: said.by === 'silence' ? 'silence' : 'accepted' };
  const isAccepted = wordOf(view, policy.agreement).kind === 'accepted';
  return { ...back, answer: isAccepted ? 'accepted' : null };
}

const NO_REASONS = { rejected: null, recycled: null, disqualified: null } as const;

function reasonsOf({ evidence }: StageEntry, stage: Beside): Omit<Shown, 'answer'> {
  const reason = String(evidence['reason'] ?? '');
  if (stage === 'disqualified') return { ...NO_REASONS, disqualified: reason };
  return evidence['answer'] === 'rejected' ? { ...NO_REASONS, rejected: reason } : { ...NO_REASONS, recycled: reason };
}

function emptied({ record }: PersonView, { emptying, pass }: StagePlan): readonly FieldChange[] {
  if (record === null) return [];
  const reason = { code: 'answer-emptied', detail: { pass: pass + 1 } } as const;
  return emptying.flatMap((field) => write(record, field, null, reason));
}
