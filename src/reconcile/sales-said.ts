import type { Score } from '../domain/agreement/score.ts';
import { isBeside } from '../domain/agreement/stage-order.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { recordName } from '../domain/people/record.ts';
import { isDue, isEmptied, isNewWord, notDue, type Word } from './answers.ts';
import type { PersonView } from './context.ts';
import { DEALS_THEN, dealsNow, stageBefore, TAKEN_BACK } from './passes.ts';
import { type Fold, passOf, standingOf } from './stage-fold.ts';

/**
 * What sales says of a person ends a pass: back to marketing, or out of the question. It is the only thing that moves a stage back (law
 * R10), and it is an entry like any other, with its reason.
 */
export function hearSales(word: Word, fold: Fold, score: Score, view: PersonView): readonly Finding[] {
  if (word.kind === 'unclear') return [word.open];
  const standing = standingOf(fold.entries);
  if (word.kind !== 'back' || standing === undefined || !isNewWord(word, standing)) return [];
  if (!isDue(word, standing.stage)) return [notDue(view, standing.stage)];
  const told = isBeside(standing.stage) ? standing.evidence : saidNow(score, view);
  const { answer: _, ...kept } = told;
  const evidence = { ...kept, reason: word.reason, ...(word.rejected ? { answer: 'rejected' } : {}) };
  fold.enter({ stage: word.stage, by: fold.isHistory ? 'history' : 'answer', evidence });
  return [];
}

/**
 * Whoever empties the reason has thought better of it: the person stands where they stood, in a pass of its own, so that sales is handed
 * them anew. Returns whether it was so.
 */
export function takeBack(word: Word, fold: Fold, view: PersonView): boolean {
  const standing = standingOf(fold.entries);
  const isUnsaid = word.kind === 'none' || word.kind === 'accepted';
  if (standing === undefined || !isBeside(standing.stage) || !isUnsaid || !isEmptied(standing, view)) return false;
  const evidence = { [TAKEN_BACK]: standing.stage, reason: standing.evidence['reason'] ?? null };
  const stage = stageBefore(standing, fold.entries);
  fold.enter({ stage, by: fold.isHistory ? 'history' : 'answer', evidence, pass: passOf(fold.entries) + 1 });
  return true;
}

/**
 * On which record it was said, whose it was, and how the person stood. The points go by a name of their own: by `total`, an entry tells that
 * a criterion decided it.
 */
export function saidNow({ total, behaviour }: Score, { record, facts }: PersonView): StageEntry['evidence'] {
  const owner = record?.values['OwnerId'];
  return {
    score: total ?? null,
    behaviour: behaviour ?? null,
    record: record === null ? null : recordName(record.record),
    owner: typeof owner === 'string' ? owner : null,
    [DEALS_THEN]: dealsNow(facts.deals),
  };
}
