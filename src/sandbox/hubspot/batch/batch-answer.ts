import type { ObjectSpace } from '../records/object-space.ts';
import type { PresentedRecord } from '../records/present.ts';
import { type Refusal } from '../refusal.ts';
import { isoText } from '../time-texts.ts';
import type { BatchInput } from './batch-request.ts';

export type BatchError = {
  status: 'error';
  category: string;
  message: string;
  context: Record<string, string[]>;
};

export type BatchAnswer = {
  status: number;
  body: {
    status: 'COMPLETE';
    results: PresentedRecord[];
    numErrors?: number;
    errors?: BatchError[];
    startedAt: string;
    completedAt: string;
  };
};

/** 207 as soon as one error is told. Results come in an order that says nothing about the inputs. */
export function batchAnswer(
  success: number,
  results: PresentedRecord[],
  errors: BatchError[],
  at: number,
): BatchAnswer {
  const time = isoText(at);
  return {
    status: errors.length === 0 ? success : 207,
    body: {
      status: 'COMPLETE',
      results: results.toSorted((left, right) => scrambled(left.id) - scrambled(right.id)),
      ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
      startedAt: time,
      completedAt: time,
    },
  };
}

function scrambled(id: string): number {
  return Math.imul(Number(id), 2_654_435_761) >>> 0;
}

/** One error names all ids that were not found. */
export function notFoundErrors(space: ObjectSpace, missing: readonly BatchInput[]): BatchError[] {
  if (missing.length === 0) return [];
  const kind = space.kind.singular;
  const traces = missing.flatMap((input) => input.traceId ?? []);
  return [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: `Could not get some ${kind} objects, they may be deleted or not exist. Check that ids are valid.`,
      context: {
        ids: missing.map((input) => input.id),
        ...(traces.length === 0 ? {} : { objectWriteTraceId: traces }),
      },
    },
  ];
}

/** A refusal of one input among many. */
export function inputError(refusal: Refusal, input: BatchInput, existingId?: string): BatchError {
  return {
    status: 'error',
    category: refusal.body.category ?? 'VALIDATION_ERROR',
    message: refusal.message,
    context: {
      ...(input.traceId === undefined ? {} : { objectWriteTraceId: [input.traceId] }),
      ...(existingId === undefined ? {} : { existingId: [existingId] }),
    },
  };
}
