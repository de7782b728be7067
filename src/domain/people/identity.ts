import { canonicalEmail } from '../values/canonical.ts';
import { canonicalCompanyName, canonicalDomain } from '../values/company.ts';
import type { Value } from '../values/value.ts';
import { nativesOf } from './native-id.ts';
import { entityKindOf, type RecordRef, type Sighting } from './record.ts';

/** By what a record can be told to be the same human being, organisation or piece of business as another. */
export type Identity = {
  /** Canonical address, of people. */
  readonly email: string | null;
  /** Further canonical addresses of a HubSpot contact: added by hand, or taken over from a contact that was merged into it. */
  readonly otherEmails: readonly string[];
  /** Canonical host, of companies. */
  readonly domain: string | null;
  /** Canonical name, of companies: people share names, and deals are called what somebody liked that day. */
  readonly name: string | null;
  /** Ours: the id that the ledger knows the entity by. */
  readonly key: string | null;
  /** The records that HubSpot's own Salesforce integration says are this one, the most telling first. */
  readonly natives: readonly RecordRef[];
};

export const NO_IDENTITY: Identity = {
  email: null,
  otherEmails: [],
  domain: null,
  name: null,
  key: null,
  natives: [],
};

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
  const own = { ...NO_IDENTITY, key, natives: nativesOf(record.object, values) };
  if (kind === 'person') {
    const email = read(values[isHubSpot ? 'email' : 'Email'], canonicalEmail);
    return { ...own, email, otherEmails: isHubSpot ? addressesIn(values[OTHER_EMAILS], email) : [] };
  }
  if (kind === 'deal' || values['IsPersonAccount'] === true) return own;
  const name = read(values[isHubSpot ? 'name' : 'Name'], canonicalCompanyName);
  if (!isHubSpot) return { ...own, name, domain: read(values['Website'], canonicalDomain) };
  // HubSpot may hold the host of a mail provider in `domain`, and the company's own in `website`.
  return { ...own, name, domain: read(values['domain'], canonicalDomain) ?? read(values['website'], canonicalDomain) };
}

/** HubSpot's further addresses of a contact: one text, joined by `;`, each as unique in the account as the main one. */
export const OTHER_EMAILS = 'hs_additional_emails';

function addressesIn(value: Value | undefined, main: string | null): readonly string[] {
  if (typeof value !== 'string') return [];
  const found = value.split(';').flatMap((text) => canonicalEmail(text) ?? []);
  return [...new Set(found)].filter((address) => address !== main);
}

function textIn(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function read(value: Value | undefined, canonical: (text: string) => string | null): string | null {
  return typeof value === 'string' ? canonical(value) : null;
}
