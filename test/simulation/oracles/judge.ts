import type { Policy } from '../../../src/domain/policy.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { Diary, World } from '../../support/deeds/hands.ts';
import { contactDifferences, differences, states } from '../../support/laws/differences.ts';
import { lostEdits, touchedNotes } from '../../support/laws/edits.ts';
import { ledgerAtRest, reasons, stages } from '../../support/laws/journal.ts';
import { doubles, lapses, tasks } from '../../support/laws/obligations.ts';
import { changesOfSales, doubleSales, saleDifferences } from '../../support/laws/sales.ts';
import { everybody, type Known, type Scene } from '../../support/laws/scene.ts';
import type { PassEnd, Worker } from '../driver/worker.ts';
import { booksOf } from './books.ts';
import { type Broken, brokenBy } from './broken.ts';
import { bruteDue } from './brute-due.ts';
import { callsSoFar, idlePass } from './budget.ts';
import { stageHistory } from './stage-history.ts';

export type Rest = {
  readonly company: World;
  readonly ledger: Ledger;
  readonly diary: Readonly<Diary>;
  readonly worker: () => Worker;
  readonly policy: Policy;
  readonly pass: () => Promise<PassEnd>;
};

/** Every oracle that is asked once the world is quiet and nothing is left to do. */
export async function judgeAtRest({ company, ledger, diary, worker, policy, pass }: Rest): Promise<readonly Broken[]> {
  const scene: Scene = { ...company, ledger, books: booksOf(company) };
  const before = callsSoFar(worker());
  const end = await pass();
  const again = end.kind === 'done' && end.result.planned === 0 ? [] : [`a further pass: ${JSON.stringify(end)}`];
  const idle = idlePass(before, worker());
  const people = await everybody(scene);
  const changes = [...people.flatMap((known) => known.changes), ...(await changesOfSales(scene))];
  return [
    ...brokenBy(1, [...(await differences(people, scene)), ...contactDifferences(people, scene)]),
    ...brokenBy(1, [...states(people, scene), ...(await saleDifferences(scene)), ...touchedNotes(diary, scene)]),
    ...brokenBy(2, [...again, ...ledgerAtRest(people)]),
    ...brokenBy(3, lostEdits(changes, diary, scene)),
    ...brokenBy(4, [...stages(people), ...stageHistory(company)]),
    ...brokenBy(5, tasks(people, scene)),
    ...brokenBy(6, dueInstants(people, policy)),
    ...brokenBy(7, idle),
    ...brokenBy(10, reasons(people)),
    ...brokenBy(11, [...doubles(scene), ...(await doubleSales(scene))]),
    ...brokenBy(12, lapses(people, scene)),
  ];
}

function dueInstants(people: readonly Known[], policy: Policy): readonly string[] {
  return people.flatMap(({ facts }) =>
    facts.clocks.flatMap(({ id, kind, startedAt, dueAt }) => {
      const rule = policy.agreement.deadlines.find(({ name }) => name === kind);
      const counted = rule === undefined ? dueAt : bruteDue(startedAt, rule, policy);
      return counted === dueAt
        ? []
        : [`${id} is due ${new Date(dueAt).toISOString()}, counted ${new Date(counted).toISOString()}`];
    }),
  );
}
