import { checkPolicyAgainst } from '../domain/check-policy.ts';
import { type DirectoryEntry, OBJECTS, type System } from '../domain/people/record.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import type { Identity } from '../ports/crm.ts';
import { missingFields } from './set-up.ts';
import type { Works } from './works.ts';

/** The directory and the schema are read anew this often; a rep who leaves is noticed within the hour. */
const FRESH_MS = 60 * 60 * 1000;

type Prepared = { readonly at: number; readonly identity: Identity };
const prepared = new WeakMap<Works['crm'], Map<System, Prepared>>();

/** An owner who is active again, or known by now, needs nobody's attention. */
async function forgetOwnersWhoAreBack(directory: readonly DirectoryEntry[], { ledger, clock }: Works): Promise<void> {
  const active = new Set(directory.filter((entry) => entry.active).map(({ system, id }) => `${system}:${id}`));
  for (const { code, subject } of await ledger.findings()) {
    const isAboutOwner = code === 'OWNER_INACTIVE' || code === 'OWNER_UNMATCHED';
    if (isAboutOwner && active.has(subject)) await ledger.closeFinding(code, subject, clock.now());
  }
}

function toFault(field: string): ConfigFault {
  return {
    at: field,
    message: 'This field of Tasuki is missing, or the integration user may not write it. Run: tasuki setup',
  };
}

/**
 * Reads who works there and what fields there are, when that is older than an hour, and binds the ledger to this account: a ledger
 * that met another portal or org refuses, before anything is written to the wrong company's records.
 *
 * Throws `ConfigInvalid` at the first look when a mapping does not fit the fields that are there. A field that disappears while we work
 * is a finding instead: the rest of the work goes on without it.
 */
export async function prepare(system: System, works: Works): Promise<Identity> {
  const { ledger, crm, clock } = works;
  const now = clock.now();
  const done = prepared.get(crm) ?? new Map<System, Prepared>();
  prepared.set(crm, done);
  const known = done.get(system);
  if (known !== undefined && now - known.at < FRESH_MS) return known.identity;
  const identity = await crm[system].identity();
  await ledger.bind({ [system]: identity.account });
  const directory = await crm[system].directory();
  await ledger.noteDirectory(system, directory, now);
  await forgetOwnersWhoAreBack(directory, works);
  const schemas = await Promise.all(OBJECTS[system].map((object) => crm[system].describe(object)));
  const faults = [...checkPolicyAgainst(works.policy(), schemas), ...missingFields(schemas).map(toFault)];
  if (faults.length > 0 && known === undefined) throw new ConfigInvalid(faults);
  for (const { at, message } of faults)
    await ledger.openFinding({ code: 'CONFIG_REJECTED', subject: at, detail: { message } }, now);
  for (const schema of schemas) await ledger.noteSchema(schema, now);
  done.set(system, { at: now, identity });
  return identity;
}
