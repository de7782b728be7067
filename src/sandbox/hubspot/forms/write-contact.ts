import type { HubSpotPortal } from '../portal.ts';
import { commit } from '../records/commit.ts';
import { draftWrite, type GivenProperties } from '../records/draft.ts';
import { applyValues, type ChangeSource, type StoredRecord } from '../records/record.ts';
import { refuseDraft } from '../records/refuse-draft.ts';

export type WriteMoment = { at: number; source: ChangeSource };

/**
 * Creates or changes a contact as a form does, and returns it. A write of now trails in search like any other; one of the
 * past was always there. Throws a `Refusal` for a value that HubSpot would never hold, and has changed nothing then.
 */
export function writeContact(
  portal: HubSpotPortal,
  target: StoredRecord | undefined,
  given: GivenProperties,
  { at, source }: WriteMoment,
): StoredRecord {
  const space = portal.space('contacts');
  const context = { family: 'v3', source, mayWriteReadOnly: true } as const;
  const isPast = at < portal.clock.now();
  if (target === undefined && isPast) {
    const { lifecycleDefault } = portal.switches;
    const stage = lifecycleDefault === null ? {} : { lifecyclestage: lifecycleDefault };
    return space.store.getLive(portal.seed('contacts', { ...stage, ...given }, at, source)) as StoredRecord;
  }
  const draft = draftWrite({ portal, space, context, claims: new Map(), at }, target, given);
  refuseDraft(portal, space, draft);
  if (target === undefined || !isPast) return commit(portal, space, draft, context);
  if (applyValues(target, draft.edit, at, source)) {
    target.snapshot = { ...target.snapshot, modifiedAt: Math.max(target.snapshot.modifiedAt, at) };
    space.index.show(target.snapshot);
  }
  return target;
}
