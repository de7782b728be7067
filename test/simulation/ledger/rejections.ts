import { rejectionFrom } from '../../../src/ledger/rejections.ts';
import type { Rejection } from '../../../src/ports/rejections.ts';
import { byColumns } from './order.ts';
import type { StageState } from './rows.ts';
import type { State } from './state.ts';

/** What sales rejected, the newest first: the last word of each pass, unless it was taken back. */
export function rejections(state: State, limit: number): readonly Rejection[] {
  const newestFirst = byColumns<StageState>(
    ({ entered_at: at }) => -at,
    ({ number }) => -number,
  );
  const isStanding = (row: StageState) => {
    const own = state.stages.by('entity', row.entity);
    const isBeside = ({ stage }: StageState) => stage === 'recycled' || stage === 'disqualified';
    const last = own.filter((one) => one.pass === row.pass && isBeside(one)).toSorted(newestFirst)[0];
    const isTakenBack = own.some(({ pass, evidence }) => pass === row.pass + 1 && Object.hasOwn(evidence, 'takenBack'));
    return last?.number === row.number && !isTakenBack;
  };
  const rejected = [...state.stages.all()].filter(
    ({ stage, evidence }) => stage === 'recycled' && evidence['answer'] === 'rejected',
  );
  return rejected.filter(isStanding).toSorted(newestFirst).slice(0, limit).map(rejectionFrom);
}
