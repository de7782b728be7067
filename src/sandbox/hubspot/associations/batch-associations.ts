import type { HubSpotPortal } from '../portal.ts';
import { type ErrorBody, invalid, Refusal } from '../refusal.ts';
import { isoText } from '../time-texts.ts';
import { associatePair, dissociatePair, labelPair, removeLabels } from './associate.ts';
import { idOf, readGivenTypes } from './associate-new.ts';
import type { RecordRef } from './association-store.ts';
import { checkPair, nothingAssociated, readTypes } from './check-association.ts';
import { linksOf, presentPair } from './present-associations.ts';

type Given = Readonly<Record<string, unknown>>;

export type AssociationBatch = {
  readonly status: number;
  readonly body: {
    readonly status: 'COMPLETE';
    readonly results: readonly unknown[];
    readonly numErrors?: number;
    readonly errors?: readonly ErrorBody[];
    readonly startedAt: string;
    readonly completedAt: string;
  };
};

type Between = { readonly portal: HubSpotPortal; readonly from: string; readonly to: string };

const LIMITS = { read: 1_000, write: 2_000 };

/** What belongs to many records. A record with nothing is told as an error in a 207, which it is not. */
export function readMany({ portal, from, to }: Between, body: unknown): AssociationBatch {
  return each(portal, 200, readInputs(body, LIMITS.read), (input) => {
    const record = { object: from, id: idOf(input) };
    const after = typeof input['after'] === 'string' ? input['after'] : undefined;
    const links = linksOf(portal.links, record, to, { after });
    if (links.to.length === 0) throw nothingAssociated(record, to);
    const paging = links.after === undefined ? {} : { paging: { next: { after: links.after } } };
    return [{ from: { id: record.id }, to: links.to, ...paging }];
  });
}

/** Associates many pairs with labels, each pair on its own. */
export function createMany(between: Between, body: unknown): AssociationBatch {
  const { portal } = between;
  return each(portal, 201, readInputs(body, LIMITS.write), (input) => {
    const [from, to] = readPair(between, input);
    checkPair(portal, from, to);
    const types = readTypes(portal, from, to, readGivenTypes(input['types']));
    labelPair(portal, from, to, types);
    return [presentPair(from, to, types)];
  });
}

/** Associates many pairs without a label and leaves the labels that they have. */
export function associateMany(between: Between, body: unknown): AssociationBatch {
  const { portal } = between;
  return each(portal, 200, readInputs(body, LIMITS.write), (input) => {
    const [from, to] = readPair(between, input);
    checkPair(portal, from, to);
    associatePair(portal, from, to);
    return presentDefault(portal, from, to);
  });
}

/** Ends many associations, one record with several others at a time. What is not there is passed over. */
export function archiveMany({ portal, from, to }: Between, body: unknown): void {
  for (const input of readInputs(body, LIMITS.write)) {
    const others = Array.isArray(input['to']) ? (input['to'] as unknown[]) : [];
    const record = { object: from, id: idOf(input['from']) };
    for (const other of others) dissociatePair(portal, record, { object: to, id: idOf(other) });
  }
}

/** Takes labels from many pairs; without the unlabeled type a pair is no more. */
export function archiveLabels(between: Between, body: unknown): void {
  for (const input of readInputs(body, LIMITS.write)) {
    const [from, to] = readPair(between, input);
    removeLabels(between.portal, from, to, readTypes(between.portal, from, to, readGivenTypes(input['types'])));
  }
}

/** Both directions of an unlabeled association, as its creation answers. */
export function presentDefault(portal: HubSpotPortal, from: RecordRef, to: RecordRef): Record<string, unknown>[] {
  return [[from, to] as const, [to, from] as const].map(([one, other]) => ({
    from: { id: one.id },
    to: { id: other.id },
    associationSpec: {
      associationCategory: 'HUBSPOT_DEFINED',
      associationTypeId: portal.links.types.unlabeled(one.object, other.object)?.typeId,
    },
  }));
}

/** The envelope of a finished batch; 207 as soon as one error is told. */
export function finished(
  portal: HubSpotPortal,
  success: number,
  results: readonly unknown[],
  errors: readonly ErrorBody[] = [],
): AssociationBatch {
  const time = isoText(portal.clock.now());
  const told = errors.length === 0 ? {} : { errors, numErrors: errors.length };
  return {
    status: errors.length === 0 ? success : 207,
    body: { completedAt: time, status: 'COMPLETE', startedAt: time, results, ...told },
  };
}

function each(
  portal: HubSpotPortal,
  success: number,
  inputs: readonly Given[],
  work: (input: Given) => unknown[],
): AssociationBatch {
  const results: unknown[] = [];
  const errors: ErrorBody[] = [];
  for (const input of inputs) {
    try {
      results.push(...work(input));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push(error.body);
    }
  }
  return finished(portal, success, results, errors);
}

function readInputs(body: unknown, most: number): Given[] {
  const inputs = (body as Given | undefined)?.['inputs'];
  if (!Array.isArray(inputs)) throw invalid('Invalid batch request: "inputs" must be a list');
  if (inputs.length > most) {
    const message = `The maximum number of inputs supported in a batch is ${most}.`;
    throw invalid(`${message} Please reduce the number of items and try again`);
  }
  return inputs as Given[];
}

function readPair({ from, to }: Between, input: Given): [RecordRef, RecordRef] {
  return [
    { object: from, id: idOf(input['from']) },
    { object: to, id: idOf(input['to']) },
  ];
}
