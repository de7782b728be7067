import type { OpenTestLedger } from '../support/ledgers.ts';
import { agreementsContract } from './ledger-agreements.ts';
import { answersContract } from './ledger-answers.ts';
import { approvalContract } from './ledger-approval.ts';
import { becomingContract } from './ledger-becoming.ts';
import { budgetContract } from './ledger-budget.ts';
import { disputesContract } from './ledger-disputes.ts';
import { entitiesContract } from './ledger-entities.ts';
import { ladderContract } from './ledger-ladder.ts';
import { matchingContract } from './ledger-matching.ts';
import { pastContract } from './ledger-past.ts';
import { plansContract } from './ledger-plans.ts';
import { refusalsContract } from './ledger-refusals.ts';
import { sightingsContract } from './ledger-sightings.ts';
import { stageMovesContract } from './ledger-stage-moves.ts';
import { unansweredContract } from './ledger-unanswered.ts';
import { undoContract } from './ledger-undo.ts';
import { upkeepContract } from './ledger-upkeep.ts';
import { writesContract } from './ledger-writes.ts';

/** What every ledger must do, whichever database is under it. `open` gives a new one each time. */
export function ledgerContract(open: OpenTestLedger): void {
  sightingsContract(open);
  entitiesContract(open);
  matchingContract(open);
  pastContract(open);
  plansContract(open);
  ladderContract(open);
  agreementsContract(open);
  approvalContract(open);
  becomingContract(open);
  writesContract(open);
  unansweredContract(open);
  refusalsContract(open);
  budgetContract(open);
  disputesContract(open);
  stageMovesContract(open);
  answersContract(open);
  undoContract(open);
  upkeepContract(open);
}
