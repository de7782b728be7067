import type { Agreement } from '../domain/agreement/agreement.ts';
import { type Beside, isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import type { Reasons } from '../domain/agreement/terms.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { recordName, type Sighting } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import type { PersonView } from './context.ts';
import { OWN_FIELDS } from './derived.ts';

/** What sales says of a person in the fields that are there for it. */
export type Word =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted' }
  /** Sent back, by a rejection or a reason to recycle, or out of the question. */
  | { readonly kind: 'back'; readonly stage: Beside; readonly rejected: boolean; readonly reason: string }
  /** Something is said, and cannot be obeyed as it stands. */
  | { readonly kind: 'unclear'; readonly open: Finding };

const { answer, rejectReason, recycleReason, disqualifyReason } = OWN_FIELDS.salesforce;
/** In the order of their weight. */
const ANSWER_FIELDS = [disqualifyReason, recycleReason, answer, rejectReason] as const;

const NONE: Word = { kind: 'none' };

/**
 * What stands in the fields of the person's record. Of several things the weightiest counts: out of the question, then back to
 * marketing, then rejected, then accepted. A reason to reject says that it is rejected, whether or not that was ticked, too.
 *
 * A picklist holds the reason's code, which stays when its words are changed; whoever loads records may have written the words.
 */
export function wordOf(view: PersonView, { reasons = {} }: Pick<Agreement, 'reasons'>): Word {
  const { record } = view;
  if (record === null) return NONE;
  const disqualified = backBy(disqualifyReason, 'disqualified', reasons.disqualified, record, view);
  if (disqualified !== null) return disqualified;
  const recycled = backBy(recycleReason, 'recycled', reasons.recycled, record, view);
  if (recycled !== null) return recycled;
  if (reasons.rejected === undefined) return NONE;
  const given = said(record, answer);
  if (given === 'accepted') return { kind: 'accepted' };
  if (given !== null && given !== 'rejected')
    return unclear('ANSWER_NOT_KNOWN', answer, given, { accepted: '', rejected: '' }, view);
  const rejected = backBy(rejectReason, 'recycled', reasons.rejected, record, view);
  if (rejected?.kind === 'back') return { ...rejected, rejected: true };
  if (rejected !== null || given === null) return rejected ?? NONE;
  return unclear('ANSWER_WITHOUT_REASON', rejectReason, null, reasons.rejected, view);
}

function backBy(
  field: string,
  stage: Beside,
  reasons: Reasons | undefined,
  record: Sighting,
  view: PersonView,
): Extract<Word, { kind: 'back' | 'unclear' }> | null {
  const found = reasons === undefined ? null : said(record, field);
  if (reasons === undefined || found === null) return null;
  const reason = Object.keys(reasons).find((code) => code === found || reasons[code] === found);
  if (reason === undefined) return unclear('ANSWER_NOT_KNOWN', field, found, reasons, view);
  return { kind: 'back', stage, rejected: false, reason };
}

function said({ values }: Sighting, field: string): string | null {
  const value = values[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function unclear(
  code: 'ANSWER_NOT_KNOWN' | 'ANSWER_WITHOUT_REASON',
  field: string,
  found: Value,
  allowed: Reasons,
  { record, facts }: PersonView,
): Extract<Word, { kind: 'unclear' }> {
  const names = Object.entries(allowed).map(([name, label]) => (label === '' ? name : `${name} (${label})`));
  const subject = record === null ? facts.id : recordName(record.record);
  return {
    kind: 'unclear',
    open: { code, subject, entity: facts.id, detail: { field, found, allowed: names.join(', ') } },
  };
}

/** Does this say something that the ledger does not know yet? A reason that was corrected is one. */
export function isNewWord(word: Extract<Word, { kind: 'back' }>, { stage, evidence }: StageEntry): boolean {
  return (
    stage !== word.stage || evidence['reason'] !== word.reason || (evidence['answer'] === 'rejected') !== word.rejected
  );
}

/** Whoever was not handed over cannot be rejected, nor can a customer: that is said by a reason to recycle. */
export function isDue(word: Extract<Word, { kind: 'back' }>, standing: StageEntry['stage']): boolean {
  if (!word.rejected || isBeside(standing)) return true;
  return stageRank(standing) >= stageRank('MQL') && standing !== 'customer';
}

export function notDue({ record, facts }: PersonView, standing: StageEntry['stage']): Finding {
  const subject = record === null ? facts.id : recordName(record.record);
  return { code: 'ANSWER_NOT_DUE', subject, entity: facts.id, detail: { stage: standing } };
}

/** What of the fields is filled in, and has to be emptied before sales can be asked anew. */
export function filledIn({ record }: PersonView): readonly string[] {
  return record === null ? [] : ANSWER_FIELDS.filter((field) => said(record, field) !== null);
}

/**
 * Has somebody emptied what this entry was made of? Only on the record on which it was said: one that the Lead became since holds nothing,
 * and nobody has emptied it. Whoever changes "rejected" to "accepted" may leave the reason behind.
 */
export function isEmptied({ stage, evidence }: StageEntry, { record }: PersonView): boolean {
  if (record === null || evidence['record'] !== recordName(record.record)) return false;
  const isBlank = (field: string) => record.values[field] !== undefined && said(record, field) === null;
  if (stage === 'disqualified') return isBlank(disqualifyReason);
  if (evidence['answer'] !== 'rejected') return isBlank(recycleReason);
  return said(record, answer) === 'accepted' || (isBlank(answer) && isBlank(rejectReason));
}
