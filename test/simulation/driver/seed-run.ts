import type { Policy } from '../../../src/domain/policy.ts';
import type { Lane } from '../../../src/ports/bell.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { Random } from '../../../src/sandbox/kernel/random.ts';
import { act, type Deed, type Diary, type Hands, type World } from '../../support/deeds/hands.ts';
import { peopleDeeds } from '../../support/deeds/people-deeds.ts';
import { saleDeeds } from '../../support/deeds/sale-deeds.ts';
import { simulateCrms } from '../crm/simulated-crms.ts';
import { openSmallCompany } from '../crm/small-company.ts';
import type { Broken } from '../oracles/broken.ts';
import { judgeAtRest } from '../oracles/judge.ts';
import { watchTasks } from '../oracles/watch.ts';
import { type Climate, climateOf } from './climate.ts';
import { type Coverage, openCoverage } from './coverage.ts';
import { LANES, laneText } from './lanes.ts';
import { steady } from './steady.ts';
import { openTrace, type Trace } from './trace.ts';
import { weatherOf } from './weather.ts';
import { type PassEnd, startWorker, type Worker } from './worker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NAPS = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY];
/** Monday, 2 November 2026, 10:00 in Tokyo; Tuesday is 文化の日. */
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');
const MOST_CALM_PASSES = 8;

export type SeedOptions = {
  readonly openLedger: () => Promise<Ledger>;
  readonly policy: Policy;
  /** Parts of the history that are left out, for shrinking: `3.5` is the fifth deed of round three, `3 trouble` all that goes wrong in it. */
  readonly without?: ReadonlySet<string>;
};

export type SeedReport = {
  readonly seed: number;
  readonly climate: string;
  readonly broken: readonly Broken[];
  readonly trace: Trace;
  readonly coverage: Coverage;
  /** Names of all parts of the history that can be left out. */
  readonly parts: readonly string[];
  /** What people and the world did. */
  readonly events: number;
};

/**
 * Plays one history that follows from its seed alone: people at work in both CRMs, faults, kills and replicas, then quiet, and holds
 * every oracle against what is there in the end. The planner, the jobs and the connectors' semantics are the product's own.
 */
export function runSeed(seed: number, options: SeedOptions): Promise<SeedReport> {
  const random = new Random(seed);
  const company = openSmallCompany(seed, MONDAY_MORNING);
  const jitter = random.fork('jitter');
  return steady(
    () => jitter.next(),
    () => company.clock.now(),
    () => play(seed, random, company, options),
  );
}

async function play(
  seed: number,
  random: Random,
  company: World,
  { openLedger, policy, without = new Set() }: SeedOptions,
): Promise<SeedReport> {
  const { clock } = company;
  const climate = climateOf(random.fork('climate'));
  const trace = openTrace();
  const coverage = openCoverage();
  const diary: Diary = { deeds: [], edits: [], unmapped: new Map() };
  const broken: Broken[] = [];
  const parts: string[] = [];
  const ledger = await openLedger();
  const plan = random.fork('history');
  const rounds = 4 + plan.int(6);
  let events = 0;

  const people = handsIn(company, diary, trace);
  const deeds: readonly Deed[] = [...peopleDeeds(people.hands), ...saleDeeds(people.hands)];
  const tasks = watchTasks(company);
  const look = (when: string): void => {
    for (const line of tasks.look()) broken.push({ oracle: 5, line: `${when}: ${line}` });
  };
  const someDeed = (name: string, inWindow = false): void => {
    if (!inWindow) parts.push(name);
    if (without.has(name)) return;
    events += 1;
    people.as(random.fork(`deed ${name}`), inWindow, () => act(deeds, people.hands.random(), people.hands.said));
    coverage.hit('event', inWindow ? 'in the window' : 'between passes');
    look(name);
  };

  let round = 0;
  let trouble: Climate | null = null;
  const dice = () => people.dice(random, round);
  const weather = weatherOf({
    dice,
    climate: () => trouble,
    wait: (ms) => clock.advance(Math.round(ms)),
    coverage,
    trace,
  });
  const workers: Worker[] = [];
  const isCrowded = climate.replica > 0;
  let depth = 0;

  const meanwhile = async (call: string, when: 'before' | 'after', kill: () => Promise<never>, self: () => Worker) => {
    if (trouble === null || depth > 0) return;
    const roll = dice();
    if (roll.chance(trouble.draught)) {
      clock.advance(roll.int(3000));
      if (!without.has(`${round} draughts`)) someDeed(`${round} in ${call} ${roll.int(1_000_000)}`, true);
    }
    if (roll.chance(trouble.kill) && !without.has(`${round} kills`)) {
      coverage.hit('kill', `${when} ${call}`);
      trace.say(`killed ${when} ${call}`);
      await kill();
    }
    if (isCrowded && roll.chance(trouble.replica) && !without.has(`${round} replicas`)) {
      const busy = self().busyWith();
      const lane: Lane = roll.pick(LANES.filter((each) => busy === null || laneText(each) !== laneText(busy)));
      trace.say(`replica: ${laneText(lane)} ${when} ${call}`);
      depth += 1;
      await workers[1]!.lane(lane);
      depth -= 1;
    }
  };
  const start = (name: string): Worker => {
    const worker: Worker = startWorker({
      name,
      ledger,
      crm: simulateCrms({ ...company, weather }),
      clock,
      policy: () => policy,
      surveyEveryMs: DAY,
      alone: !isCrowded,
      wait: (ms) => clock.advance(Math.round(ms)),
      ring: () => {
        const roll = dice();
        if (trouble === null || !roll.chance(trouble.ring)) return 'rings';
        return roll.chance(0.5) ? 'lost' : 'doubled';
      },
      danger: (call, when, kill) => meanwhile(call, when, kill, () => worker),
    });
    return worker;
  };
  workers.push(start('first'), start('second'));
  let births = 0;
  const pass = async (): Promise<PassEnd> => {
    const end = await workers[0]!.pass();
    trace.say(`pass: ${textOf(end)}`);
    if (end.kind === 'killed') workers[0] = start(`reborn-${(births += 1)}`);
    look(`round ${round}`);
    return end;
  };

  await pass();
  for (round = 1; round <= rounds; round++) {
    for (let deed = 1, all = 4 + plan.int(6); deed <= all; deed++) {
      clock.advance(1000 + plan.int(60_000));
      someDeed(`${round}.${deed}`);
    }
    clock.advance(plan.pick(NAPS));
    parts.push(`${round} trouble`, `${round} draughts`, `${round} kills`, `${round} replicas`);
    trouble = without.has(`${round} trouble`) ? null : climate;
    await pass();
  }
  trouble = null;
  round = rounds + 1;
  clock.advance(2 * DAY); // past the next survey, which shows what left no stamp
  broken.push(...(await calmDown(pass, clock, workers[0]!)));
  const rest = { company, ledger, diary, policy, pass, worker: () => workers[0]! };
  broken.push(...(await judgeAtRest(rest)));
  coverage.hit('length', `${Math.floor(events / 10) * 10}–${Math.floor(events / 10) * 10 + 9} events`);
  for (const { code } of await ledger.findings()) coverage.hit('finding', code);
  return { seed, climate: climate.name, broken, trace, coverage, parts, events };
}

/** Passes until nothing is left to do; law R9 says that this comes to an end. */
async function calmDown(
  pass: () => Promise<PassEnd>,
  clock: World['clock'],
  worker: Worker,
): Promise<readonly Broken[]> {
  for (let passes = 1; passes <= MOST_CALM_PASSES; passes++) {
    const end = await pass();
    if (end.kind !== 'done') return [{ oracle: 2, line: `in quiet weather a pass ends: ${textOf(end)}` }];
    const { dirty, unmatched, approved, unconfirmed } = await worker.works.ledger.waiting();
    const left = [dirty, unmatched, ...Object.values(approved), ...Object.values(unconfirmed)];
    if (end.result.planned === 0 && left.every((count) => count === 0)) return [];
    clock.advance(5 * MINUTE);
  }
  return [{ oracle: 2, line: `after ${MOST_CALM_PASSES} quiet passes there is still something to do` }];
}

function textOf(end: PassEnd): string {
  if (end.kind === 'killed') return `killed ${end.at}`;
  if (end.kind === 'gave-up') return `gave up, ${end.why.slice(0, 120)}`;
  const { pulled, planned, written, confirmed, refused } = end.result;
  return `read ${pulled}, planned ${planned}, written ${written}, confirmed ${confirmed}, refused ${refused}`;
}

/** One pair of hands whose dice can be exchanged, so that leaving out one deed leaves every other as it was. */
function handsIn(world: World, diary: Diary, trace: Trace) {
  let random = new Random(0);
  let inWindow = false;
  let rolls = 0;
  const said = (text: string): void => {
    const line = inWindow ? `(in the window) ${text}` : text;
    diary.deeds.push(line);
    trace.say(line);
  };
  const hands: Hands = {
    world,
    random: () => random,
    said,
    typed: (system, object, id, field, value) => {
      diary.edits.push({ system, object, id, field, value, inWindow });
      said(`${system} ${object} ${id}: ${field} = ${value}`);
    },
    noted: (id, text) => void diary.unmapped.set(id, text),
  };
  return {
    hands,
    /** A fresh die for every call, whatever was rolled before it. */
    dice: (seed: Random, round: number) => seed.fork(`die ${round} ${(rolls += 1)}`),
    as(own: Random, window: boolean, deed: () => void): void {
      const before = { random, inWindow };
      random = own;
      inWindow = window;
      deed();
      ({ random, inWindow } = before);
    },
  };
}
