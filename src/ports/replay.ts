import type { PersonPast } from '../domain/people/past.ts';

/** What the ledger tells of the past, for judging it by another agreement. Nothing of it writes. */
export interface ReplayLedger {
  /** Up to `limit` people who became known after this place, in that order, each with their past; empty: there are no more. */
  pastOfPeople(after: number, limit: number): Promise<readonly PersonPast[]>;
}
