import { beforeAll, describe, expect, test } from 'vitest';
import { OBJECTS, SYSTEMS } from '../../../src/domain/people/record.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { indexSchemas } from '../../../src/reconcile/context.ts';
import { planPerson } from '../../../src/reconcile/plan-person.ts';
import { planEveryone } from '../../../src/steps/plan.ts';
import type { Works } from '../../../src/steps/works.ts';
import { openMemoryLedger } from '../../simulation/ledger/memory-ledger.ts';
import { clock, planFor } from '../../support/ledger-cast.ts';
import {
  AGREEMENT,
  aContact,
  aContext,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { settled, turnsFrom } from '../../support/settle.ts';
import { PEOPLE_AT_WORK, SCHEMAS } from '../../support/systems.ts';

const LAPSES = 10_000;
const AT_MOST = 10;
const BEFORE = tokyo('2026-11-20 18:00');
const MONDAY = tokyo('2026-11-30 09:05');
const DAY = 86_400_000;

const POLICY: Policy = agreedOtherwise({
  startsAt: tokyo('2026-10-01 09:00'),
  tasksPerDay: AT_MOST,
  deadlines: [
    {
      ...AGREEMENT.deadlines[0]!,
      lapse: { task: 'urgent', escalate: [{ after: { amount: 1, unit: 'business hours' }, to: 'manager' }] },
    },
  ],
});

const MINE = '005000000000001AAA';
const idOf = (nth: number) => `00Q${String(nth).padStart(12, '0')}AAA`;

/** So many Leads of two reps, each with a promise that fell due while the office was closed: the last one met fell due first. */
async function afterHolidays(): Promise<{ ledger: Ledger; pass: (now: number) => Promise<void> }> {
  const ledger = openMemoryLedger();
  const leads = Array.from({ length: LAPSES }, (_, nth) => ({
    ...aLead({ Email: `p${nth}@example.co.jp`, OwnerId: nth % 2 === 0 ? MINE : '005000000000002AAA' }),
    record: { system: 'salesforce', object: 'Lead', id: idOf(nth) } as const,
  }));
  for (const system of SYSTEMS) {
    await ledger.noteDirectory(
      system,
      PEOPLE_AT_WORK.filter((entry) => entry.system === system),
      BEFORE,
    );
    for (const object of OBJECTS[system]) await ledger.advanceCursor(system, object, {}, MONDAY + 9 * DAY);
  }
  for (const schema of SCHEMAS) await ledger.noteSchema(schema, BEFORE);
  await ledger.noteSightings(leads, []);
  const now = { at: BEFORE };
  const works = {
    ledger,
    clock: { now: () => now.at },
    policy: () => POLICY,
    run: () => 'run-1',
    gate: { firstRun: 'go', breaker: { changes: 1_000_000, percent: 100 } },
  } satisfies Partial<Works>;
  await planEveryone(works);
  await ledger.wakeEveryone();
  for (;;) {
    const stored = await ledger.plan('run-1', 500, BEFORE, ({ entities, rotation }) => ({
      rotation,
      plans: entities.map((facts) =>
        planFor(facts, {
          clocks: [
            clock(`${facts.id}:first-contact:1`, {
              person: facts.id,
              startedAt: BEFORE - DAY,
              dueAt: BEFORE + (LAPSES - Number(facts.id.slice(-15, -3))) * 1000,
            }),
          ],
        }),
      ),
    }));
    if (stored === null) break;
  }
  return {
    ledger,
    async pass(at) {
      now.at = at;
      await ledger.wakeClocks(at);
      await planEveryone(works);
    },
  };
}

async function clocksOf(ledger: Ledger) {
  const people = await Promise.all(Array.from({ length: LAPSES }, (_, nth) => ledger.person(idOf(nth))));
  return people.flatMap((person, nth) => (person?.clocks ?? []).map((one) => ({ ...one, nth })));
}

describe('ten thousand lapses after a long holiday', () => {
  let office: Awaited<ReturnType<typeof afterHolidays>>;
  beforeAll(async () => {
    office = await afterHolidays();
  }, 120_000);

  test('give each rep as many Tasks as the agreement allows, those that fell due first, and one finding', {
    timeout: 120_000,
  }, async () => {
    await office.pass(MONDAY);
    const clocks = await clocksOf(office.ledger);
    expect(clocks.filter(({ state }) => state === 'lapsed')).toHaveLength(LAPSES);
    const planned = clocks.filter(({ task }) => task?.state === 'planned');
    expect(planned).toHaveLength(2 * AT_MOST);
    expect(planned.map(({ nth }) => nth)).toEqual(
      Array.from({ length: 2 * AT_MOST }, (_, at) => LAPSES - 2 * AT_MOST + at),
    );
    expect(
      (await office.ledger.findings()).map(({ code, subject, detail }) => [code, subject, detail['waiting']]),
    ).toEqual([
      ['TASKS_HELD_BACK', `salesforce:User:${MINE}`, LAPSES / 2 - AT_MOST],
      ['TASKS_HELD_BACK', 'salesforce:User:005000000000002AAA', LAPSES / 2 - AT_MOST],
    ]);
  });

  test('cost no second Task on that day, however often it is looked at, and escalate nobody who waits', {
    timeout: 120_000,
  }, async () => {
    await office.pass(MONDAY + 5 * 60_000);
    await office.pass(tokyo('2026-11-30 17:00'));
    const clocks = await clocksOf(office.ledger);
    expect(clocks.filter(({ task }) => task?.state === 'planned')).toHaveLength(2 * AT_MOST);
    expect(clocks.filter(({ ladder = [] }) => ladder.some(({ at }) => at !== undefined))).toHaveLength(2 * AT_MOST);
    expect(await office.ledger.messages(LAPSES)).toHaveLength(2 * AT_MOST);
  });

  test('go on with the next of them on the next working day', { timeout: 120_000 }, async () => {
    await office.pass(tokyo('2026-12-01 09:05'));
    const clocks = await clocksOf(office.ledger);
    expect(clocks.filter(({ task }) => task?.state === 'planned')).toHaveLength(4 * AT_MOST);
    expect(Math.min(...clocks.filter(({ task }) => task?.state === 'planned').map(({ nth }) => nth))).toBe(
      LAPSES - 4 * AT_MOST,
    );
  });
});

test('7,158 MQLs from before go-live, without a deal, get no deadline, no Task and no message on day one or after', {
  timeout: 60_000,
}, () => {
  const context = aContext({ goLive: NOW, policy: POLICY, schemas: indexSchemas(SCHEMAS) });
  const later = { ...context, now: NOW + 60 * DAY, coveredUntil: NOW + 60 * DAY };
  let tasks = 0;
  for (let nth = 0; nth < 7158; nth += 1) {
    const contact = aContact({
      hubspotscore: 95,
      lifecyclestage: 'marketingqualifiedlead',
      email: `p${nth}@example.co.jp`,
    });
    const facts = aPerson([contact, aLead({ Email: `p${nth}@example.co.jp` })], {
      id: `hubspot-${nth}`,
      stages: nth % 2 === 0 ? [] : [aStageEntry({ stage: 'MQL' })],
    });
    const first = planPerson(facts, turnsFrom(), context);
    const second = planPerson(settled(facts, first, NOW), turnsFrom(), later);
    for (const { changes, clocks, messages = [] } of [first, second])
      tasks += changes.filter(({ target }) => target.object === 'Task').length + clocks.length + messages.length;
  }
  expect(tasks).toBe(0);
});
