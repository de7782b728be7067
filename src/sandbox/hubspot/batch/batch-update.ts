import type { HubSpotPortal } from '../portal.ts';
import { commit } from '../records/commit.ts';
import { claimValues, type Draft, type DraftTools, draftWrite, type WriteContext } from '../records/draft.ts';
import { findDirectly } from '../records/find-record.ts';
import type { ObjectSpace } from '../records/object-space.ts';
import { presentWritten } from '../records/present.ts';
import { type BatchAnswer, batchAnswer, notFoundErrors } from './batch-answer.ts';
import { refuseAll } from './batch-create.ts';
import { type BatchInput, readInputs, refuseDuplicates } from './batch-request.ts';

/**
 * Changes many records. One unacceptable value refuses the whole batch; ids that do not exist are told in a 207; and an id
 * that was merged away is neither changed nor told.
 */
export function batchUpdate(
  portal: HubSpotPortal,
  space: ObjectSpace,
  body: unknown,
  context: WriteContext,
): BatchAnswer {
  const inputs = readInputs(body);
  refuseDuplicates(inputs);
  const tools: DraftTools = { portal, space, context, claims: new Map() };
  const missing: BatchInput[] = [];
  const drafts: Draft[] = [];
  for (const input of inputs) {
    const target = findDirectly(space, input);
    if (target?.snapshot.archivedAt === undefined && target !== undefined) {
      const draft = draftWrite(tools, target, input.properties);
      if (draft.conflict === undefined) claimValues(tools, draft, target.id);
      drafts.push(draft);
    } else if (space.store.survivorOf(input.id) === undefined) missing.push(input);
  }
  refuseAll(portal, space, drafts);
  const results = drafts.map((draft) =>
    presentWritten(space, commit(portal, space, draft, context), draft, portal.portalId),
  );
  return batchAnswer(200, results, notFoundErrors(space, missing), portal.clock.now());
}
