import type { Ledger } from '../../../src/ports/ledger.ts';
import { Random } from '../../../src/sandbox/kernel/random.ts';
import { lastMomentDeeds } from '../../support/deeds/deadlines.ts';
import { act, type Deed, type Diary, times, type World } from '../../support/deeds/hands.ts';
import { peopleDeeds } from '../../support/deeds/people-deeds.ts';
import { saleDeeds } from '../../support/deeds/sale-deeds.ts';
import { secondThoughts } from '../../support/deeds/second-thoughts.ts';
import { simulateCrms } from '../crm/simulated-crms.ts';
import { openSmallCompany } from '../crm/small-company.ts';
import { type Broken, brokenBy } from '../oracles/broken.ts';
import { judgeAtRest } from '../oracles/judge.ts';
import { watchShare } from '../oracles/share.ts';
import { watchPlans } from '../oracles/shown.ts';
import { undoRestores } from '../oracles/undo-restores.ts';
import { watchTasks } from '../oracles/watch.ts';
import { adminOf } from './admin.ts';
import { calmDown, textOf } from './calm-down.ts';
import { type Climate, climateOf } from './climate.ts';
import { type Coverage, openCoverage } from './coverage.ts';
import { eventIn } from './events.ts';
import { handsIn } from './hands-in.ts';
import { openMeanwhile } from './meanwhile.ts';
import { napFrom } from './naps.ts';
import { officeDeeds } from './office-deeds.ts';
import { openPatience } from './patience.ts';
import { pursesOf } from './purses.ts';
import { openSpells, setClocks } from './spells.ts';
import { steady } from './steady.ts';
import { openTrace, type Trace } from './trace.ts';
import { weatherOf } from './weather.ts';
import { type PassEnd, startWorker, type Worker } from './worker.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Monday, 2 November 2026, 10:00 in Tokyo; Tuesday is 文化の日. */
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');

export type SeedOptions = {
  readonly openLedger: () => Promise<Ledger>;
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
  { openLedger, without = new Set() }: SeedOptions,
): Promise<SeedReport> {
  const { clock } = company;
  const climate = climateOf(random.fork('climate'));
  const trace = openTrace();
  const coverage = openCoverage();
  const diary: Diary = { deeds: [], edits: [], unmapped: new Map() };
  const broken: Broken[] = [];
  const parts: string[] = ['clocks'];
  const ledger = await openLedger();
  const purses = pursesOf(company, trace);
  const share = watchShare(ledger, purses);
  const plans = watchPlans({ ...ledger, spend: share.spend }, () => clock.now());
  const spells = openSpells(company, trace, without);
  if (!without.has('clocks')) setClocks(company, random.fork('clocks'), trace);
  const admin = await adminOf(ledger, () => clock.now(), random.fork('agreement'));
  const plan = random.fork('history');
  const rounds = 4 + plan.int(6);
  let events = 0;

  const people = handsIn(company, diary, trace, (line) => coverage.hit('event', eventIn(line, company)));
  const deeds: readonly Deed[] = [
    ...peopleDeeds(people.hands),
    ...saleDeeds(people.hands),
    ...officeDeeds(people.hands),
    ...times(6, secondThoughts(people.hands, diary)),
  ];
  const lastMoment = lastMomentDeeds(people.hands);
  const tasks = watchTasks(company);
  const look = (when: string): void => {
    for (const line of tasks.look()) broken.push({ oracle: 5, line: `${when}: ${line}` });
  };
  const someDeed = (name: string, inWindow = false, among = deeds): void => {
    if (!inWindow) parts.push(name);
    if (without.has(name)) return;
    events += 1;
    plans.news();
    people.as(random.fork(`deed ${name}`), inWindow, () => act(among, people.hands.random(), people.hands.said));
    look(name);
  };

  let round = 0;
  let trouble: Climate | null = null;
  const dice = () => people.dice(random, round);
  const workers: Worker[] = [];
  const meanwhile = openMeanwhile({
    clock,
    dice,
    round: () => round,
    trouble: () => trouble,
    spells,
    without,
    busy: () => workers[0]?.busyWith() ?? null,
    deed: (name) => someDeed(name, true),
    second: (lane) => {
      // What a lane had begun goes on when the lane has given up, and may be killed then.
      if (workers[1]!.isDead()) workers[1] = start(`second-reborn-${(births += 1)}`);
      return workers[1]!.lane(lane);
    },
    coverage,
    trace,
  });
  const weather = weatherOf({
    dice,
    climate: () => trouble,
    away: () => (trouble === null ? [] : spells.away()),
    step: meanwhile.step,
    wait: (ms) => clock.advance(Math.round(ms)),
    coverage,
    trace,
  });
  const patience = openPatience();
  let births = 0;
  const start = (name: string): Worker => {
    return startWorker({
      name,
      ledger: plans.ledger,
      crm: simulateCrms({ ...company, worker: { now: () => spells.now() }, weather }),
      clock: { now: spells.now },
      policy: admin.policy,
      surveyEveryMs: DAY,
      alone: climate.replica === 0,
      wait: (ms) => clock.advance(Math.round(ms)),
      ring: ({ job }) => {
        const roll = dice();
        if (trouble === null || !roll.chance(trouble.ring)) return 'rings';
        const fate = roll.chance(0.5) ? 'lost' : 'doubled';
        coverage.hit('fault', `ring ${fate} × ${job}`);
        return fate;
      },
      danger: meanwhile.around,
      patience,
    });
  };
  workers.push(start('first'), start('second'));
  const pass = async (): Promise<PassEnd> => {
    const end = await workers[0]!.pass();
    trace.say(`pass: ${textOf(end)}`);
    plans.end();
    if (end.kind === 'killed') workers[0] = start(`reborn-${(births += 1)}`);
    if (end.kind === 'endless') broken.push({ oracle: 2, line: `round ${round}: a pass that has no end, ${end.at}` });
    look(`round ${round}`);
    return end;
  };

  const rehearse = async (): Promise<void> => {
    // The survey shows what no plan can: it is a day's work, and belongs to a run.
    const why = await plans.rehearse(workers[0]!.works).then(
      () => 'shown',
      (error: unknown) => String(error).slice(0, 120),
    );
    trace.say(`plan: ${why}`);
  };
  const report = (): SeedReport => ({ seed, climate: climate.name, broken, trace, coverage, parts, events });

  await pass();
  purses.narrow(random.fork('purses'));
  await share.begin(clock.now());
  for (round = 1; round <= rounds && !patience.isOut; round++) {
    purses.others(random.fork(`others ${round}`));
    parts.push(...spells.begin(round, random.fork(`spells ${round}`)), `${round} mappings`);
    const mind = random.fork(`mappings ${round}`);
    if (mind.chance(round === 1 ? 0.6 : 0.2) && !without.has(`${round} mappings`))
      trace.say(`mappings: ${await admin.edit(mind)}`);
    for (let deed = 1, all = 4 + plan.int(6); deed <= all; deed++) {
      clock.advance(1000 + plan.int(60_000));
      someDeed(`${round}.${deed}`);
    }
    const { ms, eve } = napFrom(company, random.fork(`nap ${round}`));
    clock.advance(ms);
    spells.hold();
    if (eve !== null) {
      someDeed(`${round}.eve`, false, lastMoment);
      clock.advance(eve.afterMs);
      spells.timeOut();
      spells.hold();
    }
    for (const late of [`${round}.late`, `${round}.later`]) {
      parts.push(late);
      someDeed(late, true); // HubSpot's search does not show it yet
    }
    parts.push(`${round} trouble`, `${round} draughts`, `${round} kills`, `${round} replicas`);
    if (plan.chance(0.25)) await rehearse();
    trouble = without.has(`${round} trouble`) ? null : climate;
    await pass();
    spells.end();
  }
  if (patience.isOut) return report();
  trouble = null;
  purses.widen();
  await admin.tidyUp();
  round = rounds + 1;
  clock.advance(2 * DAY); // past the next survey, which shows what left no stamp
  await rehearse();
  broken.push(...(await calmDown(pass, clock, workers[0]!)));
  if (patience.isOut) return report();
  const rest = {
    company,
    ledger,
    diary,
    policies: admin.policies(),
    reigns: admin.reigns(),
    pass,
    worker: () => workers[0]!,
  };
  broken.push(...(await judgeAtRest(rest)), ...brokenBy(7, share.broken()), ...brokenBy(8, plans.broken()));
  const rolled = random.fork('undo');
  if (broken.length === 0 && rolled.chance(0.4)) {
    const calm = async () => (await calmDown(pass, clock, workers[0]!)).map(({ line }) => line);
    const undoing = { company, ledger, worker: () => workers[0]!, random: rolled, calmDown: calm };
    broken.push(...brokenBy(9, await undoRestores(undoing)));
  }
  coverage.hit('length', `${Math.floor(events / 10) * 10}–${Math.floor(events / 10) * 10 + 9} events`);
  const found = await ledger.findings();
  for (const { code } of found) coverage.hit('finding', code);
  coverage.hit('conflicts', `${found.filter(({ code }) => code === 'CONFLICT').length} open at the end`);
  return report();
}
