import type { Row } from '../schema/field.ts';
import type { SObject } from '../schema/sobject.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import type { Body } from './prepare.ts';

/** One save on its way: what is about to be stored, what was there, and which fields the caller named. */
export type Saving = {
  readonly state: OrgState;
  readonly object: SObject;
  readonly row: Row;
  readonly before: Row | undefined;
  readonly changed: readonly string[];
  readonly actor: Actor;
  /** Saves a record of another kind on behalf of this one, with all the checks of a save. */
  readonly create: (object: string, fields: Body) => string;
};

/** What one kind of record asks for beyond the checks that all saves share. */
export type Rule = {
  /** Completes or refuses the record before anything is required of it. */
  readonly prepare?: (saving: Saving) => Row;
  /** Works out the columns that follow from others, once references are known to be good. */
  readonly derive?: (saving: Saving) => Row;
  /** Changes other records; the row itself is stored. */
  readonly after?: (saving: Saving) => void;
  /** The record went to the bin or is gone. */
  readonly removed?: (state: OrgState, row: Row, actor: Actor) => void;
};
