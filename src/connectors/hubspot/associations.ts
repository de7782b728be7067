import { ASSOCIATED, isAssociation } from '../../domain/people/tie.ts';
import type { Values } from '../../domain/values/value.ts';
import { listedValue, type Typed, valueOf } from './association-value.ts';
import type { CallKind, Gateway } from './gateway.ts';
import { chunks, type HubSpotRecord, idText, type Lens } from './records.ts';
import { complaintIn, Refusal } from './refusal.ts';

/** The most records whose associations one call tells. */
export const ASSOCIATIONS_BATCH = 1_000;

/** The association values of records, by record id; what could not be learned is not in it. */
export type AssociationValues = ReadonlyMap<string, Values>;

/** The objects whose associations a lens asks for: `associations.companies` → `companies`. */
export function associatedObjects({ fields }: Lens): string[] {
  return fields.filter((field) => isAssociation(field)).map((field) => field.slice('associations.'.length));
}

/**
 * What these records are associated with, where the lens asks for it.
 *
 * A listing that was asked tells it with its rows, without a call more. It names the type of an association, which is how the primary
 * company is known (hearsay, see README): where that is not plain, and of rows that come out of a search, it is read.
 */
export async function associationsOf(
  gateway: Gateway,
  lens: Lens,
  records: readonly HubSpotRecord[],
  { listed, call }: { readonly listed: boolean; readonly call: CallKind },
): Promise<AssociationValues> {
  const found = new Map<string, Record<string, Values[string]>>(records.map(({ id }) => [id, {}]));
  for (const to of associatedObjects(lens)) {
    const note = (id: string, value: string | null) => Object.assign(found.get(id) ?? {}, { [nameOf(to)]: value });
    const unclear: string[] = [];
    for (const record of records) {
      const value = listed ? listedValue(lens.object, to, record) : undefined;
      if (value === undefined) unclear.push(record.id);
      else note(record.id, value);
    }
    for (const [id, value] of await readAssociations(gateway, lens.object, to, unclear, call)) note(id, value);
  }
  return found;
}

function nameOf(to: string): string {
  return to === 'companies' || to === 'contacts' ? ASSOCIATED[to] : `associations.${to}`;
}

type Answer = Awaited<ReturnType<typeof ask>>;

/** Reads the associations of records with those of one other object. A record that is not in the result could not be told of. */
async function readAssociations(
  gateway: Gateway,
  from: string,
  to: string,
  ids: readonly string[],
  call: CallKind,
): Promise<ReadonlyMap<string, string | null>> {
  const values = new Map<string, string | null>();
  for (const batch of chunks([...new Set(ids)], ASSOCIATIONS_BATCH)) {
    const links = new Map<string, Typed[]>();
    let inputs: { id: string; after?: string }[] = batch.map((id) => ({ id }));
    while (inputs.length > 0) {
      const answer: Answer = await ask(gateway, from, to, inputs, call);
      for (const { id, linked } of answer.found) links.set(id, [...(links.get(id) ?? []), ...linked]);
      for (const id of answer.none) links.set(id, links.get(id) ?? []);
      inputs = answer.further;
    }
    for (const [id, linked] of links) values.set(id, valueOf(from, to, linked));
  }
  return values;
}

/**
 * One call. A record with no associations is told as an error in a 207, which it is not. That list may be cut short, so whoever
 * is neither in the results nor among the errors has none either, unless there is an error of another kind.
 */
async function ask(
  gateway: Gateway,
  from: string,
  to: string,
  inputs: { id: string; after?: string }[],
  call: CallKind,
): Promise<{ found: { id: string; linked: Typed[] }[]; none: string[]; further: { id: string; after: string }[] }> {
  try {
    const answer = await gateway.call(call, ({ associations }) => associations.getPage(from, to, { inputs }));
    const found = answer.results.map(({ _from, to: linked }) => ({ id: idText(_from.id), linked }));
    const complaints = ('errors' in answer ? (answer.errors ?? []) : []).map((error) => complaintIn(error, 207));
    const isAboutNone = ({ subCategory }: { readonly subCategory?: string }) => subCategory === NONE;
    const seen = new Set(found.map(({ id }) => id));
    const silent = inputs.map(({ id }) => id).filter((id) => !seen.has(id));
    const named = new Set(complaints.filter(isAboutNone).flatMap(({ ids }) => ids));
    const none = complaints.every(isAboutNone) ? silent : silent.filter((id) => named.has(id));
    const further = answer.results.flatMap(({ _from, paging }) =>
      paging?.next === undefined ? [] : [{ id: idText(_from.id), after: paging.next.after }],
    );
    return { found, none, further };
  } catch (error) {
    // Where nobody in a whole batch has any, HubSpot may answer the batch with 404.
    if (error instanceof Refusal && error.status === 404)
      return { found: [], none: inputs.map(({ id }) => id), further: [] };
    throw error;
  }
}

const NONE = 'crm.associations.NO_ASSOCIATIONS_FOUND';
