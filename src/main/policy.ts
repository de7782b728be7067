import type { MappingsUse, Proposal } from '../cli/verb.ts';
import { loadMappings, type Mappings, restoreMappings } from '../config/load.ts';
import type { Options } from '../config/options.ts';
import type { FindingCode } from '../domain/people/person.ts';
import { OBJECTS, type ObjectName, SYSTEMS, type System } from '../domain/people/record.ts';
import type { Locale, Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import { fieldsToRead } from '../steps/fields.ts';
import { agreed } from './agreed.ts';

/** The policy to go by, and the edit that it is taken from, where that is only looked at. */
export type PolicyInUse = { readonly policy: Policy; readonly proposal: Proposal | null };

/**
 * The policy to go by, as `use` says. Whoever works puts the folder's in force, and then the ledger keeps it; before there is any
 * version in force, everybody does. Its agreement counts once it is signed: until then the one that is signed stays, beside the other files.
 *
 * A long-running worker that finds a bad edit goes on with the last good version from the ledger and opens a finding; a verb that a
 * person has just typed (`tolerant: false`) shows the faults instead, since that person is the one who can mend them. Without a good
 * version there is nothing to go on with, and the faults are thrown.
 */
export async function policyInUse(
  { options, ledger, now }: { readonly options: Options; readonly ledger: Ledger; readonly now: Instant },
  use: MappingsUse,
  { tolerant, log }: { readonly tolerant: boolean; readonly log: Log },
): Promise<PolicyInUse> {
  const known = await ledger.configInForce('config');
  const before = known === null ? null : restoreMappings(known.text, options.locale);
  if (use === 'in-force' && before !== null)
    return { policy: (await broughtUp(before, ledger, now, log)).policy, proposal: null };
  try {
    const written = loadMappings(options.mappings, options.locale);
    const mappings = await agreed(written, ledger, now);
    if (use === 'look' && before !== null) return lookedAt(mappings, before, now);
    await ledger.keepAgreement(written.agreement, now);
    await putInForce(mappings, before, ledger, now);
    return { policy: mappings.policy, proposal: null };
  } catch (error) {
    if (!(error instanceof ConfigInvalid) || !tolerant || before === null) throw error;
    log.error({ faults: error.faults }, 'the mappings have faults; the version before stays in force');
    for (const { at, message } of error.faults)
      await ledger.openFinding({ code: 'CONFIG_REJECTED', subject: at, detail: { message } }, now);
    return { policy: before.policy, proposal: null };
  }
}

/** The folder's, in force nowhere but in a rehearsal. */
function lookedAt(mappings: Mappings, before: Mappings, now: Instant): PolicyInUse {
  const { policy, hash } = mappings;
  if (hash === before.hash) return { policy, proposal: null };
  const unread = newlyRead(before.policy, policy).flatMap(({ system, object, fields }) =>
    fields.map((field) => `${system} ${object}.${field}`),
  );
  // Nobody reads anything in a rehearsal: what was read goes on to count as read.
  return { policy, proposal: { unread, takeUp: (ledger) => obey(mappings, before, ledger, now) } };
}

/**
 * What is in force, with the agreement put in force whose second signature, or whose effective date, has come since. One that the other
 * files do not fit any more is logged, and what was in force goes on.
 */
async function broughtUp(before: Mappings, ledger: Ledger, now: Instant, log: Log): Promise<Mappings> {
  try {
    const mappings = await agreed(before, ledger, now);
    await putInForce(mappings, before, ledger, now);
    return mappings;
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    log.error(
      { faults: error.faults },
      'the mappings do not fit the agreement that is signed; the version before it goes on',
    );
    return before;
  }
}

/** What a worker that follows the policy stands on. */
export type Following = {
  readonly ledger: Ledger;
  readonly locale: Locale;
  /** What to go by until something is in force. */
  readonly started: Policy;
  readonly now: () => Instant;
  readonly log: Log;
};

/**
 * Follows what is in force, for a worker that runs for weeks: an edit that any process has taken up is every replica's, from its next
 * step on, and so is an agreement from its second signature or its effective date. A version that this one cannot read (a newer Tasuki
 * wrote it, in the middle of a deploy) is logged once, and it goes on as before.
 */
export function followPolicy({ ledger, locale, started, now, log }: Following): () => Promise<Policy> {
  let known: { readonly hash: string; readonly mappings: Mappings | null } | null = null;
  let policy = started;
  return async () => {
    const version = await ledger.configInForce('config');
    if (version === null) return policy;
    if (known?.hash !== version.hash) known = { hash: version.hash, mappings: readable(version.text, locale, log) };
    if (known.mappings === null) return policy;
    const mappings = await broughtUp(known.mappings, ledger, now(), log);
    if (mappings !== known.mappings) known = { hash: mappings.hash, mappings };
    policy = mappings.policy;
    return policy;
  };
}

function readable(text: string, locale: Locale, log: Log): Mappings | null {
  try {
    return restoreMappings(text, locale);
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    log.error(
      { faults: error.faults },
      'the mappings in force cannot be read by this version; it goes on with those before',
    );
    return null;
  }
}

/**
 * The policy as the ledger has it, for verbs that only look: an edit that no run has taken up explains nothing that happened. An agreement
 * needs no run to come into force.
 */
export async function policyOnRecord(
  { options, ledger, now }: { readonly options: Options; readonly ledger: Ledger; readonly now: Instant },
  log: Log,
): Promise<Policy> {
  const known = await ledger.configInForce('config');
  if (known !== null) return (await broughtUp(restoreMappings(known.text, options.locale), ledger, now, log)).policy;
  return (await agreed(loadMappings(options.mappings, options.locale), ledger, now)).policy;
}

/** What was found of the version before; what still holds of the new one is found again when everyone is planned anew. */
const ABOUT_THE_MAPPINGS: ReadonlySet<FindingCode> = new Set([
  'AGREEMENT_UNSIGNED',
  'CONFIG_REJECTED',
  'VALUE_NOT_MAPPED',
  'STAGE_NOT_MAPPED',
  'CRITERIA_UNKNOWN',
  'CALENDAR_ENDS',
  'OWNER_UNMATCHED',
  'OWNER_INACTIVE',
  'OWNER_WITHOUT_SEAT',
]);

/** Takes up what a person has edited: everyone is planned anew, and what nobody read before is read from the beginning. */
export async function putInForce(
  mappings: Mappings,
  before: Mappings | null,
  ledger: Ledger,
  at: Instant,
): Promise<void> {
  if (before?.hash === mappings.hash) return;
  await obey(mappings, before, ledger, at);
  if (before === null) return;
  for (const { system, object } of newlyRead(before.policy, mappings.policy)) await ledger.forgetCursor(system, object);
}

/** The new version is the one that counts, and everyone is planned by it. */
async function obey(
  { policy, hash, text, agreement }: Mappings,
  before: Mappings | null,
  ledger: Ledger,
  at: Instant,
): Promise<void> {
  const { version: label } = agreement;
  const isAgreed = policy.agreedSince !== null;
  if (isAgreed)
    await ledger.rememberConfig({ kind: 'agreement', hash: agreement.hash, label, text: agreement.text, at });
  await ledger.rememberConfig({ kind: 'config', hash, label, text, at });
  for (const { code, subject } of await ledger.findings())
    if (ABOUT_THE_MAPPINGS.has(code)) await ledger.closeFinding(code, subject, at);
  if (!isAgreed) await ledger.openFinding({ code: 'AGREEMENT_UNSIGNED', subject: 'agreement', detail: {} }, at);
  if (before !== null) await ledger.wakeEveryone();
}

/** What has to be read from the beginning, because a field is asked for that nobody asked for before. */
function newlyRead(
  before: Policy,
  after: Policy,
): readonly { readonly system: System; readonly object: ObjectName; readonly fields: readonly string[] }[] {
  return SYSTEMS.flatMap((system) =>
    OBJECTS[system].flatMap((object) => {
      const known = new Set(fieldsToRead(before, system, object));
      const fields = fieldsToRead(after, system, object).filter((field) => !known.has(field));
      return fields.length === 0 ? [] : [{ system, object, fields }];
    }),
  );
}
