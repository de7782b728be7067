import { mayGo } from '../domain/budget/ladder.ts';
import { checkPolicyAgainst } from '../domain/check-policy.ts';
import { OBJECTS, type ObjectName, type System } from '../domain/people/record.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import type { Identity } from '../ports/crm.ts';
import { budgetNow } from './budget.ts';
import { judgeAnew } from './hidden-streams.ts';
import { keepFindings } from './keep-findings.ts';
import { missingFields } from './set-up.ts';
import type { Works } from './works.ts';

/** The directory and the schema are read anew this often; a rep who leaves is noticed within the hour. */
const FRESH_MS = 60 * 60 * 1000;

export type Prepared = {
  readonly at: number;
  readonly identity: Identity;
  /** The objects that this user may read, in their order. */
  readonly readable: readonly ObjectName[];
};
const prepared = new WeakMap<Works['crm'], Map<System, Prepared>>();

/** Without these there is nothing to keep in step; the others are left out where they cannot be seen, and that is said. */
const INDISPENSABLE: ReadonlySet<ObjectName> = new Set<ObjectName>(['contacts', 'Lead', 'Contact', 'Task', 'Event']);

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
export async function prepare(system: System, works: Works): Promise<Prepared> {
  const { crm, clock } = works;
  const now = clock.now();
  const done = prepared.get(crm) ?? new Map<System, Prepared>();
  prepared.set(crm, done);
  const known = done.get(system);
  if (known !== undefined && now - known.at < FRESH_MS) return known;
  // What was known an hour ago does for a day that runs short of calls.
  if (known !== undefined && !mayGo('look-up', await budgetNow(system, works))) return known;
  const ready = await crm[system].under('look-up', () => lookUp(system, known === undefined, works));
  done.set(system, ready);
  return ready;
}

async function lookUp(system: System, isFirst: boolean, works: Works): Promise<Prepared> {
  const { ledger, crm, clock } = works;
  const now = clock.now();
  const identity = await crm[system].identity();
  await ledger.bind({ [system]: identity.account });
  await ledger.noteDirectory(system, await crm[system].directory(), now);
  await keepFindings(works);
  const described = await Promise.all(
    OBJECTS[system].map(async (object) => ({ object, schema: await crm[system].describe(object) })),
  );
  const schemas = described.flatMap(({ schema }) => schema ?? []);
  const readable = schemas.map(({ object }) => object);
  await sayWhatIsHidden(system, readable, works);
  const faults = [
    ...checkPolicyAgainst(works.policy(), schemas),
    ...missingFields(schemas, works.policy()).map(toFault),
  ];
  if (faults.length > 0 && isFirst) throw new ConfigInvalid(faults);
  for (const { at, message } of faults)
    await ledger.openFinding({ code: 'CONFIG_REJECTED', subject: at, detail: { message } }, now);
  for (const schema of schemas) await ledger.noteSchema(schema, now);
  return { at: now, identity, readable };
}

/** A scope or permission that is missing costs what it hides, and nothing else. Throws `ConfigInvalid` for what nothing goes without. */
async function sayWhatIsHidden(system: System, readable: readonly ObjectName[], works: Works): Promise<void> {
  const { ledger, clock } = works;
  const hidden = OBJECTS[system].filter((object) => !readable.includes(object));
  const missing = hidden.filter((object) => INDISPENSABLE.has(object));
  if (missing.length > 0) {
    const message =
      'These records cannot be read with these credentials. Grant access to them (Salesforce: run "tasuki setup"; HubSpot: the scopes in the README), then start again.';
    throw new ConfigInvalid(missing.map((object) => ({ at: `${system}:${object}`, message })));
  }
  for (const object of hidden)
    await ledger.openFinding(
      { code: 'OBJECT_NOT_VISIBLE', subject: `${system}:${object}`, detail: { system, object } },
      clock.now(),
    );
  const visible = new Set(readable.map((object) => `${system}:${object}`));
  for (const { code, subject } of await ledger.findings())
    if (code === 'OBJECT_NOT_VISIBLE' && visible.has(subject)) {
      await ledger.closeFinding(code, subject, clock.now());
      await judgeAnew([subject], works);
    }
}
