import { PURPOSES, URGENCIES } from '../../../src/domain/budget/purposes.ts';
import type { Outcome, TrackedChange } from '../../../src/domain/people/change.ts';
import type { System } from '../../../src/domain/people/record.ts';
import type { Gate } from '../../../src/ports/approval.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { matchRecords } from '../../../src/reconcile/match.ts';
import { Random } from '../../../src/sandbox/kernel/random.ts';
import { LEASE, MINUTE, NOON } from '../../support/ledger-cast.ts';
import { anyPlan } from './random-plans.ts';
import { anyActivity, anyRecord, anySighting, anyValue, idOf } from './random-records.ts';

/** One call of the port, with what it was given and when. */
type Moment = { readonly ledger: Ledger; readonly random: Random; readonly at: number };

/** Plays the calls of a history on one ledger; what a call answers is for the comparison. */
export type Player = { step(nth: number): Promise<unknown> };

/**
 * A history of port calls that follows from its seed and from what the ledger answers, so that two ledgers which answer alike are asked
 * alike. A call that is refused is part of the history: what it answers is the error's name.
 */
export function playerOf(ledger: Ledger, seed: number): Player {
  return {
    async step(nth) {
      const random = new Random(seed).fork(`step ${nth}`);
      const name = random.pick(OFTEN);
      const at = NOON + nth * MINUTE;
      try {
        return [name, await CALLS[name]({ ledger, random, at })];
      } catch (failure) {
        if (failure instanceof Error) return [name, failure.name];
        throw failure;
      }
    },
  };
}

const CALLS = {
  sightings,
  activities: ({ ledger, random, at }) => ledger.noteActivities(several(random, 3, () => anyActivity(random, at))),
  history: ({ ledger, random, at }) =>
    ledger.noteHistory(
      several(random, 3, () => ({
        record: anyRecord(random),
        field: random.pick(['jobtitle', 'Title', 'lifecyclestage', 'lifecyclestage']),
        value: anyValue(random),
        at: at - random.int(3),
        by: random.pick(['us', 'person', 'automation', 'deal', 'company'] as const),
        source: `h${random.int(20)}`,
      })),
    ),
  match,
  plan,
  gate: ({ ledger, random, at }) => ledger.releasePlanned(anyGate(random), at),
  claim: ({ ledger, random, at }) =>
    ledger.claim(anySystem(random), 1 + random.int(3), at, LEASE, random.pick(URGENCIES)),
  calls,
  outcomes: async ({ ledger, random, at }) => {
    const sent = await ledger.claim(anySystem(random), 5, at, LEASE);
    await ledger.recordOutcomes(
      sent.map((change) => anyOutcome(change, random)),
      at,
    );
    // Now and then an answer comes twice.
    if (random.chance(0.2))
      await ledger.recordOutcomes(
        sent.slice(0, 1).map((one) => anyOutcome(one, random)),
        at,
      );
  },
  confirmations: async ({ ledger, random, at }) => {
    const waiting = await ledger.toConfirm(anySystem(random), 4);
    await ledger.recordConfirmations(
      waiting.map(({ id, target }) => {
        const verdict = random.pick(['confirmed', 'confirmed', 'rewrite', 'overwritten'] as const);
        return { change: id, verdict, ...(target.id === null ? { id: idOf(random, target.object) } : {}) };
      }),
      at,
    );
  },
  release: async ({ ledger, random, at }) => {
    const sent = await ledger.claim(anySystem(random), 2, at, LEASE);
    await ledger.release(sent.map(({ id }) => id));
  },
  leases: ({ ledger, random, at }) => ledger.expireLeases(at, random.chance(0.5)),
  clocks: ({ ledger, random, at }) => ledger.wakeClocks(at + random.int(2) * 26 * 60 * MINUTE),
  everyone: ({ ledger }) => ledger.wakeEveryone(),
  directory: ({ ledger, random, at }) =>
    ledger.noteDirectory(
      'hubspot',
      several(random, 2, (nth) => ({
        system: 'hubspot',
        kind: 'user',
        id: `${7 + nth}`,
        name: '高橋',
        email: random.pick(['ken@acme.co.jp', null]),
        active: random.chance(0.8),
      })),
      at,
    ),
  pause: ({ ledger, random, at }) =>
    random.chance(0.4) ? ledger.pause('佐藤', '棚卸し', at) : ledger.resume('佐藤', at),
  approval: async ({ ledger, random, at }) => {
    const plan = await ledger.waitingPlan();
    const decision = { plan: random.chance(0.8) ? plan.hash : 'another', by: '佐藤', why: '', at };
    if (random.chance(0.7)) await ledger.rememberShown(plan.hash, await ledger.waitingChanges(), at);
    return [plan, random.chance(0.7) ? await ledger.approve(decision) : await ledger.reject(decision)];
  },
  agreement: async ({ ledger, random, at }) => {
    const [hash, version] = [random.pick(['a1', 'a2', 'a3']), random.pick(['2026-11', '2026-12'])];
    const agreement = { hash, version, effective: '2026-11-01', text: hash };
    const [who, user] = ['ken@acme.co.jp', 'ken'];
    if (random.chance(0.2)) await ledger.keepAgreement(agreement, at);
    const role = random.pick(['marketing-head', 'sales-head'] as const);
    const signed = await ledger.signAgreement(agreement, { role, who, how: 'command line', user, at });
    return [signed, await ledger.acknowledgeAgreement(hash, { who, user, at }), await ledger.agreements()];
  },
  retry: ({ ledger, random, at }) => ledger.retry(random.chance(0.5) ? null : 'hubspot-1', '佐藤', at),
  runs: async ({ ledger, random }) => {
    const entities = await ledger.touchedBy(`run-${random.int(3)}`, null, 10);
    return [await ledger.runs(5), entities, await ledger.changesSince('run-1', entities)];
  },
  reads: async ({ ledger, random }) => [
    await ledger.counts(),
    await ledger.waiting(),
    await ledger.findings(),
    await ledger.person(random.pick(['hubspot-1', 'taro@acme.co.jp', '00Q000000000001AAA', '00Q000000000002', '3'])),
    await ledger.entity('deal', random.pick(['21', 'Opportunity:006000000000001AAA'])),
    await ledger.entity('company', '11'),
    await ledger.history(random.pick(['hubspot-1', 'hubspot-2'])),
    await ledger.runCounts('run-1'),
    await ledger.unseenSince('hubspot', 'contacts', NOON + 30 * MINUTE, 3),
    Object.fromEntries(await ledger.lastSeen('hubspot', 'contacts', ['1', '2', '9'], 'jobtitle')),
    [...(await ledger.owning(anySystem(random), ['71', '005000000000001AAA']))].toSorted(),
  ],
  rehearsal: ({ ledger, random, at }) =>
    ledger.rehearse(async (lent) => {
      await sightings({ ledger: lent, random, at });
      return [await match({ ledger: lent, random, at }), await plan({ ledger: lent, random, at })];
    }),
} as const satisfies Readonly<Record<string, (moment: Moment) => Promise<unknown>>>;

/** What comes oftener than the rest, so that histories get somewhere. */
const OFTEN: readonly (keyof typeof CALLS)[] = [
  ...(Object.keys(CALLS) as (keyof typeof CALLS)[]),
  ...(['sightings', 'sightings', 'match', 'match', 'plan', 'plan', 'plan', 'gate', 'gate', 'outcomes'] as const),
  ...(['outcomes', 'confirmations'] as const),
];

function sightings({ ledger, random, at }: Moment): Promise<unknown> {
  return ledger.noteSightings(
    several(random, 5, () => anySighting(random, at)),
    ['jobtitle', 'Title'],
  );
}

/** The neighbourhoods that were handed out are part of the answer. */
async function match({ ledger, random, at }: Moment): Promise<unknown> {
  const handed: unknown[] = [];
  const looked = await ledger.match(1 + random.int(10), at, (batch) => {
    handed.push(...batch);
    return batch.flatMap((around) => matchRecords(around, { sharedMailboxes: ['info'], several: 'rule' }));
  });
  return [looked, handed];
}

/** The facts that the planner was handed are part of the answer: they are what the ledger is for. */
async function plan({ ledger, random, at }: Moment): Promise<unknown> {
  const handed: unknown[] = [];
  const planned = await ledger.plan(`run-${random.int(3)}`, 1 + random.int(6), at, ({ entities, ...rest }) => {
    handed.push(entities, rest);
    const plans = entities.map((facts) => anyPlan(facts, random.fork(facts.id), at));
    return { plans, rotation: { team: (rest.rotation['team'] ?? 0) + entities.length } };
  });
  return [handed, planned];
}

async function calls({ ledger, random, at }: Moment): Promise<unknown> {
  const system = anySystem(random);
  const made = several(random, 3, () => ({
    purpose: random.pick(PURPOSES),
    kind: random.pick(['list', 'query']),
    calls: 1 + random.int(9),
  }));
  const told = random.chance(0.5) ? { limit: 15_000, used: random.int(200) } : null;
  const once = [...new Map(made.map((one) => [`${one.purpose} ${one.kind}`, one])).values()];
  await ledger.spend(system, { calls: once, told }, at - random.int(3) * MINUTE);
  return [await ledger.spending(system, at - 60 * MINUTE), await ledger.toSend(system)];
}

function anyOutcome({ id, target, kind }: TrackedChange, random: Random): Outcome {
  const record = { ...target, id: target.id ?? idOf(random, target.object) };
  const written: Outcome = { kind: 'written', change: id, record, created: kind === 'create' };
  return random.pick<Outcome>([
    written,
    written,
    written,
    { ...written, except: { code: 'INVALID', message: 'no', fields: ['jobtitle'] } },
    { kind: 'refused', change: id, code: 'INVALID', message: 'no', fields: ['jobtitle'] },
    { kind: 'vanished', change: id, message: 'gone', ...(random.chance(0.5) ? { mergedInto: '1' } : {}) },
    { kind: 'deferred', change: id, message: 'locked' },
    { kind: 'unsure', change: id, message: 'timeout' },
  ]);
}

function anyGate(random: Random): Gate {
  const rolloutPercent = random.pick([100, 100, 40]);
  return random.pick<Gate>([
    { kind: 'open', rolloutPercent },
    { kind: 'open', rolloutPercent },
    { kind: 'closed', rolloutPercent },
    { kind: 'breaker', rolloutPercent, changes: random.pick([1, 100]), percent: 50 },
  ]);
}

function anySystem(random: Random): System {
  return random.pick(['hubspot', 'salesforce']);
}

function several<T>(random: Random, most: number, make: (nth: number) => T): readonly T[] {
  return Array.from({ length: 1 + random.int(most) }, (_, nth) => make(nth));
}
