import type { Reason } from '../domain/people/change.ts';
import type { Clock } from '../domain/people/person.ts';
import type { PlanContext } from './context.ts';
import type { Draft } from './settle-drafts.ts';

/** Ticks off this Task of a clock that has ended; nothing where the org has no status that means done. */
export function closingOf(
  { id: clock }: Pick<Clock, 'id'>,
  id: string,
  reason: Reason,
  { schemas }: Pick<PlanContext, 'schemas'>,
): readonly Draft[] {
  const done = schemas
    .get('salesforce:Task')
    ?.get('Status')
    ?.options?.find(({ closed, active }) => closed && active);
  if (done === undefined) return [];
  return [
    {
      kind: 'update',
      target: { system: 'salesforce', object: 'Task', id },
      key: null,
      fields: [{ field: 'Status', after: done.value, reason }],
      basesAfter: [],
      readBack: true,
      marks: { task: { clock, act: 'close' } },
    },
  ];
}
