import nock from 'nock';
import { BASE, batch, type Family, pathsOf, sent } from './wire.ts';

/** An association as v4 tells it: ids are numbers there. `1` and `5` are the types of a main company. */
export const linked = (toObjectId: number, ...typeIds: readonly number[]) => ({
  toObjectId,
  associationTypes: typeIds.map((typeId) => ({ category: 'HUBSPOT_DEFINED', typeId, label: null })),
});

export const none = (id: string) => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: `No company is associated with contact ${id}.`,
  context: { fromObjectId: [id] },
});

type Question = { readonly id: string; readonly after?: string };
type Told = { readonly results: readonly unknown[]; readonly errors?: readonly unknown[] };

/** Answers every reading of associations between two objects, and keeps what was asked. */
export function answerAssociations(
  family: Family,
  [from, to]: readonly [string, string],
  tell: (inputs: readonly Question[]) => Told,
): Question[][] {
  const asked: Question[][] = [];
  nock(BASE)
    .persist()
    .post(`${pathsOf(family).associations(from, to)}/read`)
    .reply(async (request: Request) => {
      const inputs = sent(await request.text())['inputs'] as Question[];
      asked.push(inputs);
      const { results, errors } = tell(inputs);
      return [errors === undefined ? 200 : 207, batch(results, errors)];
    });
  return asked;
}

export type PairInput = { readonly from: { readonly id: string }; readonly to: { readonly id: string } };

/** A pair that was associated, in both directions, as HubSpot answers. */
export const bothWays = ({ from, to }: PairInput) => [
  { from, to, associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 341 } },
  { from: to, to: from, associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 342 } },
];

/** Answers every call that associates two objects, and keeps the pairs that were sent. */
export function answerPairs(
  family: Family,
  [from, to]: readonly [string, string],
  respond: (inputs: readonly PairInput[], call: number) => { readonly status: number; readonly body: unknown },
): PairInput[][] {
  const calls: PairInput[][] = [];
  nock(BASE)
    .persist()
    .post(`${pathsOf(family).associations(from, to)}/associate/default`)
    .reply(async (request: Request) => {
      const inputs = sent(await request.text())['inputs'] as PairInput[];
      calls.push(inputs);
      const { status, body } = respond(inputs, calls.length);
      return [status, body as nock.ReplyBody];
    });
  return calls;
}
