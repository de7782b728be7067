import type { Policy } from '../../../src/domain/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { Diary, World } from '../../support/deeds/hands.ts';
import { contactDifferences, differences, states } from '../../support/laws/differences.ts';
import { lostEdits, touchedNotes } from '../../support/laws/edits.ts';
import { ledgerAtRest, reasons, stages } from '../../support/laws/journal.ts';
import { doubles, lapses, tasks } from '../../support/laws/obligations.ts';
import { changesOfSales, doubleSales, saleDifferences } from '../../support/laws/sales.ts';
import { everybody, type Known, type Scene } from '../../support/laws/scene.ts';
import type { Reign } from '../driver/admin.ts';
import type { PassEnd, Worker } from '../driver/worker.ts';
import { booksOf } from './books.ts';
import { type Broken, brokenBy } from './broken.ts';
import { bruteDue } from './brute-due.ts';
import { callsSoFar, idlePass } from './budget.ts';
import { movedOnByDeeds } from './by-deeds.ts';
import { withoutEmptied } from './emptied.ts';
import { gaveWayToNobody } from './gave-way.ts';
import { handedOn } from './handed-on.ts';
import { ladders } from './ladders.ts';
import { madeUnnamed } from './named.ts';
import { givenToAbsent } from './owners.ts';
import { notReallyWritten } from './really-written.ts';
import { stageHistory } from './stage-history.ts';
import { taskDays } from './task-days.ts';

export type Rest = {
  readonly company: World;
  readonly ledger: Ledger;
  readonly diary: Readonly<Diary>;
  readonly worker: () => Worker;
  /** Every policy that was in force at some time. */
  readonly policies: readonly Policy[];
  readonly reigns: readonly Reign[];
  readonly pass: () => Promise<PassEnd>;
};

/** Every oracle that is asked once the world is quiet and nothing is left to do. */
export async function judgeAtRest({
  company,
  ledger,
  diary,
  worker,
  policies,
  reigns,
  pass,
}: Rest): Promise<readonly Broken[]> {
  const scene: Scene = { ...company, ledger, books: booksOf(company) };
  const before = callsSoFar(worker());
  const end = await pass();
  const again = end.kind === 'done' && end.result.planned === 0 ? [] : [`a further pass: ${JSON.stringify(end)}`];
  const idle = idlePass(before, worker());
  const people = await everybody(scene);
  const changes = [...people.flatMap((known) => known.changes), ...(await changesOfSales(scene))];
  return [
    ...brokenBy(1, withoutEmptied(await differences(people, scene), people, diary)),
    ...brokenBy(1, withoutEmptied(contactDifferences(people, scene), people, diary)),
    ...brokenBy(1, [...states(people, scene), ...(await saleDifferences(scene)), ...touchedNotes(diary, scene)]),
    ...brokenBy(2, [...again, ...ledgerAtRest(people), ...notReallyWritten(changes, company)]),
    ...brokenBy(1, [...givenToAbsent(changes, company), ...handedOn(changes, reigns, company)]),
    ...brokenBy(3, [...lostEdits(changes, diary, scene), ...gaveWayToNobody(people, diary, policies)]),
    ...brokenBy(4, [...stages(people), ...stageHistory(company, people), ...byDeeds(people, company, reigns)]),
    ...brokenBy(5, [...tasks(people, scene), ...(await ladders(people, reigns, company, ledger))]),
    ...brokenBy(6, [...dueInstants(people, policies), ...taskDays(changes, reigns, company)]),
    ...brokenBy(7, idle),
    ...brokenBy(10, reasons(people)),
    ...brokenBy(11, [
      ...doubles(people, scene),
      ...(await doubleSales(scene)),
      ...madeUnnamed(changes, company, diary),
    ]),
    ...brokenBy(12, lapses(people, scene)),
  ];
}

function byDeeds(people: readonly Known[], company: World, reigns: readonly Reign[]): readonly string[] {
  return movedOnByDeeds(people, company, reigns.at(-1)?.edits ?? [], company.portal.clock.now());
}

/** The version that began a clock may have seen two calendars; the instant is that of one of them. */
function dueInstants(people: readonly Known[], policies: readonly Policy[]): readonly string[] {
  return people.flatMap(({ facts }) =>
    facts.clocks.flatMap(({ id, kind, startedAt, dueAt, agreementVersion }) => {
      const counted = policies
        .filter(({ agreement }) => agreement.version === agreementVersion)
        .flatMap((policy) => {
          const rule = policy.agreement.deadlines.find(({ name }) => name === kind);
          return rule === undefined ? [] : [bruteDue(startedAt, rule, policy)];
        });
      return counted.includes(dueAt)
        ? []
        : [`${id} is due ${instant(dueAt)}, counted ${counted.map(instant).join(' or ')}`];
    }),
  );
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
