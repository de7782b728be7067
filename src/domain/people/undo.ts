import type { Value } from '../values/value.ts';
import type { TrackedChange } from './change.ts';

/** Why what a run wrote is not taken back. */
export type NotUndone =
  | 'edited-since' // somebody has typed something else meanwhile: theirs stands
  | 'later-run' // a later run of ours has written it anew, or is about to
  | 'record-gone' // deleted, merged, or no longer this entity's
  | 'converted' // a converted Lead is read-only
  | 'created' // a record is never deleted: it is listed, for a person to decide
  | 'tie' // associations and contact roles are added, never removed
  | 'key' // our key ties both records to each other
  | 'opt-out' // what a person has refused is not lifted by us
  | 'no-image' // what was there before is not known
  | 'not-read' // the system does not show the field any more
  | 'not-settled' // not written yet, or its outcome is still being found out
  | 'already-undone'
  | 'task-done'; // ticked off or deleted by somebody

/** What becomes of one field that a run wrote, or (`field: null`) of a whole record. */
export type UndoLine = {
  readonly target: TrackedChange['target'];
  readonly field: string | null;
  readonly verdict:
    | { readonly kind: 'restored'; readonly from: Value; readonly to: Value }
    | { readonly kind: 'kept'; readonly because: NotUndone; readonly found?: Value; readonly run?: string };
};
