import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import type { FaultRule } from '../../src/sandbox/kernel/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { jsonOf, killHard, startTasuki, tasuki } from '../support/cli.ts';
import { environmentFor } from '../support/company.ts';
import { signOnCommandLine } from '../support/sign.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');

/** One small company, the same in every test, with a process of the command line beside it that can be killed. */
type World = {
  readonly sandbox: Sandbox;
  later(ms?: number): void;
  /** One whole pass, in a process that lives to its end. */
  once(): Promise<{ readonly planned: number; readonly refused: number }>;
  /** Starts a pass, waits for the moment, and cuts the power. */
  killedWhen(trouble: FaultRule, isTheMoment?: () => boolean): Promise<void>;
  /** What the dead process left in its ledger: changes by state. */
  left(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
};

async function aWorld(): Promise<World> {
  const sandbox = await startSandbox({ people: 40, seed: 11, start: MONDAY_MORNING });
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-crash-'));
  const environment = environmentFor(sandbox, folder);
  expect((await tasuki(['setup'], environment)).exit).toBe(0);
  await signOnCommandLine(environment);
  const { kernel } = sandbox;
  return {
    sandbox,
    later: (ms = 5 * MINUTE) => kernel.clock.advance(ms),
    once: async () => jsonOf(await tasuki(['once', '--json'], environment)) as { planned: number; refused: number },
    killedWhen: async (trouble, isTheMoment = () => true) => {
      kernel.faults.add(trouble);
      const victim = startTasuki(['once'], environment);
      await expect.poll(() => kernel.faults.pending().length === 0 && isTheMoment(), { timeout: 60_000 }).toBe(true);
      expect(victim.child.exitCode).toBeNull();
      await killHard(victim);
    },
    left: async () => {
      const { ledger } = await openLedger({ folder });
      const { changes } = await ledger.counts();
      await ledger.close();
      return changes;
    },
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Everything Tasuki is answerable for, person by person, without the ids and times that a world draws anew. */
function outcomeOf({ sandbox }: World): unknown {
  const contacts = sandbox.portal.records('contacts').map(({ properties }) => properties);
  const ours = [
    'email',
    'tasuki_key',
    'tasuki_stage',
    'tasuki_sfa_state',
    'tasuki_sales_owner',
    'lifecyclestage',
    'phone',
  ];
  const theirs = [
    'Email',
    'Tasuki_Key__c',
    'Tasuki_Stage__c',
    'OwnerId',
    'Status',
    'Phone',
    'Title',
    'Tasuki_Next_Due_Reason__c',
  ];
  const some = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
    JSON.stringify(names.map((name) => row[name] ?? null));
  return {
    contacts: contacts.map((row) => some(row, ours)).toSorted(),
    leads: livingLeads(sandbox)
      .map((row) => some(row, theirs))
      .toSorted(),
  };
}

function livingLeads({ org }: Sandbox): readonly Readonly<Record<string, unknown>>[] {
  return org.records('Lead').filter((row) => row['IsDeleted'] !== true);
}

function keyedLeads(sandbox: Sandbox): readonly Readonly<Record<string, unknown>>[] {
  return livingLeads(sandbox).filter((row) => typeof row['Tasuki_Key__c'] === 'string');
}

function nothingDoubled(sandbox: Sandbox): void {
  for (const field of ['Tasuki_Key__c', 'Email']) {
    const values = keyedLeads(sandbox).map((row) => String(row[field]).toLowerCase());
    expect(new Set(values).size).toBe(values.length);
  }
}

/** `kill -9` at the worst moments: the next process goes on as if nothing had happened. */
describe('a process that is killed', () => {
  let world: World;
  let undisturbed: unknown;
  let created: number;
  afterEach(() => world.close());

  beforeAll(async () => {
    world = await aWorld();
    const before = livingLeads(world.sandbox).length;
    const { planned, refused } = await world.once();
    expect({ planned: planned > 20, refused }).toEqual({ planned: true, refused: 0 });
    created = livingLeads(world.sandbox).length - before;
    expect(created).toBeGreaterThan(2);
    undisturbed = outcomeOf(world);
    await world.close();
  });

  const upsert = { system: 'salesforce', method: 'PATCH', path: '/composite/sobjects/Lead/Tasuki_Key__c' } as const;
  const update = { system: 'hubspot', method: 'POST', path: '/contacts/batch/update' } as const;
  // A pull reads nothing by id in Salesforce, so this is what was just written.
  const readBack = { system: 'salesforce', method: 'POST', path: '/composite/sobjects/Lead' } as const;
  const late = { kind: 'stall', when: 'after' } as const;

  const moments: readonly (readonly [
    string,
    FaultRule,
    { readonly effect?: 'leads' | 'contacts'; readonly left?: string },
  ])[] = [
    [
      'in the middle of the first pull',
      { system: 'salesforce', path: '/query', after: 3, fault: { kind: 'stall' } },
      {},
    ],
    ['between the intent and the call', { ...upsert, fault: { kind: 'stall' } }, { left: 'sending' }],
    [
      'after Salesforce made the Leads, before it said so',
      { ...upsert, fault: late },
      { left: 'sending', effect: 'leads' },
    ],
    [
      'after HubSpot wrote a batch, before it said so',
      { ...update, fault: late },
      { left: 'sending', effect: 'contacts' },
    ],
    ['while it reads back what it wrote', { ...readBack, fault: { kind: 'stall' } }, { left: 'acknowledged' }],
  ];
  test.each(moments)('%s loses nothing and doubles nothing', async (_, trouble, { effect, left }) => {
    world = await aWorld();
    const { sandbox } = world;
    const before = livingLeads(sandbox).length;
    const isThere = {
      leads: () => livingLeads(sandbox).length === before + created,
      contacts: () => sandbox.portal.records('contacts').some(({ properties }) => Boolean(properties['tasuki_key'])),
    };
    await world.killedWhen(trouble, effect === undefined ? undefined : isThere[effect]);
    const states = Object.keys(await world.left());
    if (left === undefined) expect(states).toEqual([]);
    else expect(states).toContain(left);

    expect((await world.once()).refused).toBe(0);
    expect(outcomeOf(world)).toEqual(undisturbed);
    nothingDoubled(sandbox);
    world.later();
    expect((await world.once()).planned).toBe(0);
  });

  test('while it opens the Task of a lapsed deadline opens no second one', async () => {
    world = await aWorld();
    const { sandbox } = world;
    await world.once();
    const promising = sandbox.portal.records('contacts').find(({ properties }) => isPromising(properties, sandbox))!;
    sandbox.portal.touch('contacts', promising.id, { leadscore: '95' }, { source: 'CALCULATED' });
    world.later();
    await world.once();
    const lead = keyedLeads(sandbox).find((row) => row['Tasuki_Next_Due__c'] != null)!;
    const tasks = () =>
      sandbox.org.records('Task').filter((row) => row['WhoId'] === lead['Id'] && row['Tasuki_Key__c'] != null);
    expect(tasks()).toHaveLength(0);

    world.later(12 * DAY);
    const opening = {
      system: 'salesforce',
      path: '/composite/sobjects/Task/Tasuki_Key__c',
      fault: { kind: 'stall', when: 'after' },
    } as const;
    await world.killedWhen(opening, () => tasks().length > 0);
    await world.once();
    expect(tasks()).toHaveLength(1);
    world.later();
    expect((await world.once()).planned).toBe(0);
    expect(tasks()).toHaveLength(1);
  });

  function isPromising(properties: Readonly<Record<string, string>>, sandbox: Sandbox): boolean {
    const score = Number(properties['leadscore'] ?? Number.NaN);
    const known = livingLeads(sandbox).some(
      (row) => String(row['Email']).toLowerCase() === properties['email']?.toLowerCase(),
    );
    return score >= 60 && score <= 75 && Boolean(properties['company']) && Boolean(properties['email']) && !known;
  }
});
