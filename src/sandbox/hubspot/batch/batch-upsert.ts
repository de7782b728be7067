import type { HubSpotPortal } from '../portal.ts';
import { commit } from '../records/commit.ts';
import { claimValues, type Draft, type DraftTools, draftWrite, type WriteContext } from '../records/draft.ts';
import { findDirectly, refuseOrdinaryProperty } from '../records/find-record.ts';
import type { ObjectSpace } from '../records/object-space.ts';
import { type PresentedRecord, presentWritten } from '../records/present.ts';
import { invalid } from '../refusal.ts';
import { type BatchAnswer, type BatchError, batchAnswer } from './batch-answer.ts';
import { draftError, refuseAll } from './batch-create.ts';
import { areTraced, type BatchInput, readInputs, refuseDuplicates } from './batch-request.ts';

/** Changes the record that holds a unique value, or creates it with that value. Each result says which it was. */
export function batchUpsert(
  portal: HubSpotPortal,
  space: ObjectSpace,
  body: unknown,
  context: WriteContext,
): BatchAnswer {
  const inputs = readInputs(body);
  for (const input of inputs) refuseNameless(space, input);
  refuseDuplicates(inputs);
  const tools: DraftTools = { portal, space, context, claims: new Map() };
  const isApart =
    portal.switches.upsertErrors === 'per-input' &&
    areTraced(inputs) &&
    inputs.every((input) => input.idProperty !== 'email');
  return isApart ? upsertEach(tools, inputs) : upsertAll(tools, inputs);
}

function refuseNameless(space: ObjectSpace, { id, idProperty }: BatchInput): void {
  if (id === '' || idProperty === undefined) throw invalid('Every input of an upsert needs an id and an idProperty');
  refuseOrdinaryProperty(space, idProperty);
}

function draftUpsert(tools: DraftTools, input: BatchInput): Draft {
  const target = findDirectly(tools.space, input);
  const named = target === undefined ? { [input.idProperty ?? 'email']: input.id } : {};
  return draftWrite(tools, target, { ...named, ...input.properties });
}

function upsertAll(tools: DraftTools, inputs: readonly BatchInput[]): BatchAnswer {
  const { portal, space } = tools;
  const drafts = inputs.map((input) => {
    const draft = draftUpsert(tools, input);
    if (draft.conflict === undefined) claimValues(tools, draft, draft.target?.id ?? portal.nextId());
    return draft;
  });
  refuseAll(portal, space, drafts);
  return batchAnswer(
    200,
    drafts.map((draft) => done(tools, draft)),
    [],
    portal.clock.now(),
  );
}

function upsertEach(tools: DraftTools, inputs: readonly BatchInput[]): BatchAnswer {
  const results: PresentedRecord[] = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    const draft = draftUpsert(tools, input);
    const error = draftError(tools.portal, tools.space, draft, input);
    if (error === undefined) results.push(done(tools, draft));
    else errors.push(error);
  }
  return batchAnswer(200, results, errors, tools.portal.clock.now());
}

function done({ portal, space, context }: DraftTools, draft: Draft): PresentedRecord {
  const record = commit(portal, space, draft, context);
  return { ...presentWritten(space, record, draft, portal.portalId), new: draft.target === undefined };
}
