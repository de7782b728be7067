import type { GivenProperties } from '../records/draft.ts';
import { invalid } from '../refusal.ts';

export type BatchInput = {
  id: string;
  idProperty: string | undefined;
  properties: GivenProperties;
  traceId: string | undefined;
  /** As sent; only a create reads them. */
  associations: unknown;
};

export const BATCH_LIMITS = { inputs: 100, inputsWithHistory: 50 };

type Given = Record<string, unknown>;

export function readInputs(body: unknown): BatchInput[] {
  const inputs = (body as Given | undefined)?.['inputs'];
  if (!Array.isArray(inputs)) throw invalid('Invalid batch request: "inputs" must be a list');
  if (inputs.length > BATCH_LIMITS.inputs) {
    const message = `The maximum number of inputs supported in a batch is ${BATCH_LIMITS.inputs}.`;
    throw invalid(`${message} Please reduce the number of items and try again`);
  }
  return inputs.map((given) => readInput((given ?? {}) as Given));
}

function readInput(given: Given): BatchInput {
  return {
    id: textOf(given['id']) ?? '',
    idProperty: textOf(given['idProperty']),
    properties: readProperties(given),
    traceId: textOf(given['objectWriteTraceId']),
    associations: given['associations'],
  };
}

export function readProperties(body: unknown): GivenProperties {
  const properties = (body as Given | undefined)?.['properties'] ?? {};
  if (typeof properties !== 'object' || Array.isArray(properties)) throw invalid('"properties" must be an object');
  return properties as GivenProperties;
}

export function readNames(body: unknown, key: string): string[] | undefined {
  const names = (body as Given | undefined)?.[key];
  return Array.isArray(names) ? names.map(String) : undefined;
}

export function textOf(given: unknown): string | undefined {
  return typeof given === 'string' || typeof given === 'number' ? String(given) : undefined;
}

/** Ids that come twice spoil a batch of changes. */
export function refuseDuplicates(inputs: readonly BatchInput[]): void {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of inputs) (seen.has(id) ? twice : seen).add(id);
  if (twice.size === 0) return;
  const ids = [...twice];
  throw invalid(`Duplicate IDs found in batch input: [${ids.join(', ')}]. IDs must be unique`, { context: { ids } });
}

/** Each input answers for itself only if each can be told apart. */
export function areTraced(inputs: readonly BatchInput[]): boolean {
  const traces = new Set(inputs.map((input) => input.traceId));
  return !traces.has(undefined) && traces.size === inputs.length;
}
