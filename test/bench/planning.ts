import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadMappings } from '../../src/config/load.ts';
import type { PersonFacts } from '../../src/domain/people/person.ts';
import type { PlanContext } from '../../src/reconcile/context.ts';
import { planBatch } from '../../src/reconcile/plan-batch.ts';
import { aCall, aContact, aContext, aLead, aPerson, aStageEntry, GO_LIVE, NOW, tokyo } from '../support/people.ts';
import { edited, plan, quiet, settled } from '../support/settle.ts';
import { signed } from '../support/sign.ts';

/** As many as a job plans at once. */
const BATCH = 500;
/** One in so many has a new phone number in HubSpot. */
const EDITED_ONE_IN = 10;
/** Of so many people one has a deadline that runs, and one had it ended by a call; the others are leads whom nobody owes anything. */
const KINDS = 10;

export type PlanningReport = {
  readonly people: number;
  readonly changes: number;
  /** Of processor time: nothing is waited for. */
  readonly peoplePerSecond: number;
  /** What is held once everything is warm, and in the end, collected before each look. */
  readonly heldMb: { readonly warm: number; readonly end: number };
};

/**
 * Plans people who are linked on both sides and of whom nearly all are at rest, in batches as a job does, with the shipped mappings.
 * Making the people is not counted.
 */
export function benchPlanning(people: number): PlanningReport {
  const context = aContext({ policy: signed(loadMappings('mappings'), 0).policy });
  const kinds = peopleAtRest(context);
  const collect = collector();
  let micros = 0;
  let changes = 0;
  let warm = 0;
  for (let from = 0; from < people; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, people - from) }, (_, place) => another(kinds, from + place));
    const before = process.cpuUsage();
    const { plans } = planBatch(batch, {}, context);
    const { user, system } = process.cpuUsage(before);
    micros += user + system;
    changes += plans.reduce((sum, each) => sum + each.changes.length, 0);
    if (warm === 0 && from >= people / 10) warm = collect();
  }
  const peoplePerSecond = Math.round((people / micros) * 1_000_000);
  return { people, changes, peoplePerSecond, heldMb: { warm, end: collect() } };
}

/** The report as one line. */
export function planningText({ people, changes, peoplePerSecond, heldMb }: PlanningReport): string {
  return `planned ${people} people, ${changes} changes: ${peoplePerSecond} people per second of one core; held ${heldMb.warm} MB when warm, ${heldMb.end} MB in the end\n`;
}

/** Leads of marketing's, an MQL whose deadline runs, and one whom sales has called. */
function peopleAtRest(context: PlanContext): readonly PersonFacts[] {
  const contact = { hs_email_optout: null, leadscore: 10, 'associations.companies': null };
  const lead = { HasOptedOutOfEmail: false };
  const known = { ...aContact(contact), createdAt: GO_LIVE };
  const calm = quiet(aPerson([known, aLead(lead)]), context);
  const handedOver = aPerson([aContact({ ...contact, leadscore: 90 }), aLead(lead)], {
    stages: [aStageEntry()],
  });
  const start = { ...context, now: tokyo('2026-11-20 10:00') };
  const waiting = quiet(settled(handedOver, plan(handedOver, start), start.now), context);
  const called = quiet({ ...waiting, activities: [aCall(tokyo('2026-11-20 15:00'))] }, context);
  return [...Array.from({ length: KINDS - 2 }, () => calm), waiting, called];
}

/** Somebody of the same kind with a name, records and an address of their own. */
function another(kinds: readonly PersonFacts[], nth: number): PersonFacts {
  const kind = kinds[nth % kinds.length]!;
  const text = JSON.stringify(kind)
    .replaceAll(kind.id, `hubspot-${100_000 + nth}`)
    .replaceAll('"501"', `"${100_000 + nth}"`)
    .replaceAll('00Q000000000001AAA', `00Q${String(nth).padStart(12, '0')}AAA`)
    .replaceAll('taro.suzuki@', `person${nth}@`);
  const person = JSON.parse(text) as PersonFacts;
  return nth % EDITED_ONE_IN === 0
    ? edited(person, String(100_000 + nth), { phone: `03-${1000 + (nth % 9000)}-0000` }, NOW)
    : person;
}

/** Collects what nobody holds any more, and says how many MB are left. */
function collector(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 10) / 10;
  };
}
