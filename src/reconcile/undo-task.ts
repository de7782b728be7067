import type { Change, TrackedChange } from '../domain/people/change.ts';
import type { UndoLine } from '../domain/people/undo.ts';
import type { Undoing } from './plan-undo.ts';
import { doneIn } from './task-draft.ts';

/**
 * A Task that a run opened is ticked off while it is open: nobody is reminded of what a person has taken back, and no second one is
 * opened (law R11). One that somebody has closed or deleted is theirs.
 */
export function taskUndo(
  opened: TrackedChange,
  { facts, undo, nth, context }: Undoing,
): { readonly line: UndoLine; readonly change: Change | null } {
  const { target } = opened;
  const clock =
    'clocks' in facts ? facts.clocks.find(({ task }) => task?.id != null && task.id === target.id) : undefined;
  const done = doneIn(clock?.task ?? {}, context.schemas);
  const isOpen = clock?.task?.state === 'open' && !isClosed(target.id, facts);
  if (clock === undefined || done === null || !isOpen)
    return { line: { target, field: null, verdict: { kind: 'kept', because: 'task-done' } }, change: null };
  const id = `${undo.as}:${facts.id}.${nth}`;
  return {
    line: { target, field: done[0], verdict: { kind: 'restored', from: null, to: done[1] } },
    change: {
      id,
      writeKey: id,
      entity: facts.id,
      kind: 'update',
      target,
      key: null,
      steps: [
        [{ field: done[0], after: done[1], reason: { code: 'undone', detail: { run: undo.run, who: undo.who } } }],
      ],
      after: [],
      readBack: true,
      marks: { task: { clock: clock.id, act: 'close' }, undoes: [opened.id] },
      agreementVersion: context.policy.agreement.version,
    },
  };
}

function isClosed(id: string | null, facts: Undoing['facts']): boolean {
  if (facts.kind !== 'person') return false;
  const seen = facts.activities.find(({ ourTask, source }) => ourTask && source.id === id);
  return seen !== undefined && (seen.closed || seen.deleted);
}
