import { canonicalEmail } from '../values/canonical.ts';
import { canonicalCompanyName, canonicalDomain } from '../values/company.ts';
import type { Value } from '../values/value.ts';
import { entityKindOf, type Sighting } from './record.ts';

/** By what a record can be told to be the same human being, organisation or piece of business as another. */
export type Identity = {
  /** Canonical address, of people. */
  readonly email: string | null;
  /** Canonical host, of companies. */
  readonly domain: string | null;
  /** Canonical name, of companies: people share names, and deals are called what somebody liked that day. */
  readonly name: string | null;
  /** Ours: the id that the ledger knows the entity by. */
  readonly key: string | null;
};

export const NO_IDENTITY: Identity = { email: null, domain: null, name: null, key: null };

/**
 * What a record says of whose it is. Records that are no entity (a Task, a contact role) say nothing, though they may bear a key.
 *
 * A person account is a human being in the clothes of an account: her name and her site would bring her together with a company.
 */
export function identityOf({ record, values }: Pick<Sighting, 'record' | 'values'>): Identity {
  const kind = entityKindOf(record.object);
  if (kind === null) return NO_IDENTITY;
  const isHubSpot = record.system === 'hubspot';
  const key = textIn(values[isHubSpot ? 'tasuki_key' : 'Tasuki_Key__c']);
  const own = { ...NO_IDENTITY, key };
  if (kind === 'person') return { ...own, email: read(values[isHubSpot ? 'email' : 'Email'], canonicalEmail) };
  if (kind === 'deal' || values['IsPersonAccount'] === true) return own;
  const name = read(values[isHubSpot ? 'name' : 'Name'], canonicalCompanyName);
  if (!isHubSpot) return { ...own, name, domain: read(values['Website'], canonicalDomain) };
  // HubSpot may hold the host of a mail provider in `domain`, and the company's own in `website`.
  return { ...own, name, domain: read(values['domain'], canonicalDomain) ?? read(values['website'], canonicalDomain) };
}

function textIn(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function read(value: Value | undefined, canonical: (text: string) => string | null): string | null {
  return typeof value === 'string' ? canonical(value) : null;
}
