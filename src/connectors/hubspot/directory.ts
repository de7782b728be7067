import type { PublicOwner } from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import type { DirectoryEntry } from '../../domain/people/record.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';

const PAGE = 100;

/**
 * Everyone who can own a record, those who have left included: their records still name them.
 *
 * The id is the owner's, never the user's: HubSpot takes a user id as an owner without a word and means somebody else.
 */
export async function readDirectory(gateway: Gateway): Promise<readonly DirectoryEntry[]> {
  return [...(await readOwners(gateway, false)), ...(await readOwners(gateway, true))];
}

async function readOwners(gateway: Gateway, archived: boolean): Promise<DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  let after: string | undefined;
  do {
    const from = after;
    const page = await gateway.call(CALLS.owners, ({ owners }) => owners.getPage(undefined, from, PAGE, archived));
    entries.push(...page.results.map(entryOf));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return entries;
}

function entryOf(owner: PublicOwner): DirectoryEntry {
  const email = owner.email?.toLowerCase();
  // A Japanese name is written family name first; HubSpot's own screens do so in Japanese portals.
  const name = [owner.lastName, owner.firstName]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ');
  return {
    system: 'hubspot',
    kind: (owner.type as string) === 'QUEUE' ? 'queue' : 'user',
    id: owner.id,
    name: name === '' ? (email ?? owner.id) : name,
    email: email === undefined || email === '' ? null : email,
    active: !owner.archived,
  };
}
