import { associateNew, readAssociations } from '../associations/associate-new.ts';
import type { HubSpotPortal } from '../portal.ts';
import { commit } from '../records/commit.ts';
import { claimValues, type Draft, type DraftTools, draftWrite, type WriteContext } from '../records/draft.ts';
import type { ObjectSpace } from '../records/object-space.ts';
import { presentWritten } from '../records/present.ts';
import { conflictRefusal, valueRefusal } from '../records/refuse-draft.ts';
import { invalidValues, Refusal } from '../refusal.ts';
import { type BatchAnswer, type BatchError, batchAnswer, inputError } from './batch-answer.ts';
import { areTraced, type BatchInput, readInputs } from './batch-request.ts';

/**
 * Creates many records. Without a trace id on every input it is all or nothing; with them each input stands alone and a
 * bad one becomes an error beside the results.
 */
export function batchCreate(
  portal: HubSpotPortal,
  space: ObjectSpace,
  body: unknown,
  context: WriteContext,
): BatchAnswer {
  const inputs = readInputs(body);
  const tools: DraftTools = { portal, space, context, claims: new Map() };
  return areTraced(inputs) ? createEach(tools, inputs) : createAll(tools, inputs);
}

function createAll(tools: DraftTools, inputs: readonly BatchInput[]): BatchAnswer {
  const { portal, space, context } = tools;
  const wanted = inputs.map((input) => readAssociations(portal, space.kind.plural, input.associations));
  const drafts = inputs.map((input) => {
    const draft = draftWrite(tools, undefined, input.properties);
    if (draft.conflict === undefined) claimValues(tools, draft, portal.nextId());
    return draft;
  });
  refuseAll(portal, space, drafts);
  const results = drafts.map((draft, place) => {
    const record = commit(portal, space, draft, context);
    associateNew(portal, space.kind.plural, record.id, wanted[place] ?? []);
    return presentWritten(space, record, draft, portal.portalId);
  });
  return batchAnswer(201, results, [], portal.clock.now());
}

/** One bad draft refuses all: every problem is told, or the first value that somebody else holds. */
export function refuseAll(portal: HubSpotPortal, space: ObjectSpace, drafts: readonly Draft[]): void {
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length > 0) throw invalidValues(problems);
  for (const draft of drafts) {
    const wrong = valueRefusal(space, draft);
    if (wrong !== undefined) throw wrong;
    if (draft.conflict === undefined) continue;
    const refusal = conflictRefusal(portal, space, draft, draft.conflict);
    // A whole batch does not tell which record was in the way.
    if (refusal.status === 409) throw new Refusal(409, { message: 'Contact already exists', category: 'CONFLICT' });
    throw refusal;
  }
}

function createEach(tools: DraftTools, inputs: readonly BatchInput[]): BatchAnswer {
  const { portal, space, context } = tools;
  const results = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    try {
      const wanted = readAssociations(portal, space.kind.plural, input.associations);
      const draft = draftWrite(tools, undefined, input.properties);
      const error = draftError(portal, space, draft, input);
      if (error !== undefined) errors.push(error);
      else {
        const record = commit(portal, space, draft, context);
        associateNew(portal, space.kind.plural, record.id, wanted);
        results.push(presentWritten(space, record, draft, portal.portalId));
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push(inputError(error, input));
    }
  }
  return batchAnswer(201, results, errors, portal.clock.now());
}

export function draftError(
  portal: HubSpotPortal,
  space: ObjectSpace,
  draft: Draft,
  input: BatchInput,
): BatchError | undefined {
  const wrong = valueRefusal(space, draft);
  if (wrong !== undefined) return inputError(wrong, input);
  if (draft.conflict === undefined) return undefined;
  const refusal = conflictRefusal(portal, space, draft, draft.conflict);
  return inputError(refusal, input, refusal.status === 409 ? draft.conflict.holderId : undefined);
}
