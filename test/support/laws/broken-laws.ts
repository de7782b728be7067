import type { Diary } from '../deeds/hands.ts';
import { contactDifferences, differences, states } from './differences.ts';
import { lostEdits, touchedNotes } from './edits.ts';
import { ledgerAtRest, reasons, stages } from './journal.ts';
import { doubles, lapses, tasks } from './obligations.ts';
import { changesOfSales, doubleSales, saleDifferences } from './sales.ts';
import { everybody, type Scene } from './scene.ts';

/** What trouble must not have broken, once it is over. Each line of the answer is a broken law. */
export async function brokenLaws(scene: Scene, diary: Readonly<Diary>): Promise<readonly string[]> {
  const people = await everybody(scene);
  const changes = [...people.flatMap((known) => known.changes), ...(await changesOfSales(scene))];
  return [
    ...ledgerAtRest(people),
    ...doubles(people, scene),
    ...tasks(people, scene),
    ...lapses(people, scene),
    ...stages(people),
    ...reasons(people),
    ...(await differences(people, scene)),
    ...contactDifferences(people, scene),
    ...lostEdits(changes, diary, scene),
    ...touchedNotes(diary, scene),
    ...states(people, scene),
    ...(await doubleSales(scene)),
    ...(await saleDifferences(scene)),
  ];
}
