import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger, PlannedBatch, PlanningBatch } from '../ports/ledger.ts';
import { indexDirectory, indexSchemas, type Schemas } from '../reconcile/context.ts';
import { heldFinding, type MatchVerdict, matchRecords, nameOf, type Neighbourhood } from '../reconcile/match.ts';
import { planBatch } from '../reconcile/plan-batch.ts';
import type { Works } from './works.ts';

const BATCH = 500;

/** Finds out who is who among the records that are nobody's yet. Waits until both systems have been read once: half a picture makes doubles. */
export async function matchNewRecords({ ledger, clock }: Pick<Works, 'ledger' | 'clock'>): Promise<number> {
  if (!(await bothRead(ledger))) return 0;
  let looked = 0;
  for (;;) {
    const seen: { neighbourhood: Neighbourhood; verdicts: readonly MatchVerdict[] }[] = [];
    const batch = await ledger.match(BATCH, clock.now(), (neighbourhoods) =>
      neighbourhoods.flatMap((neighbourhood) => {
        const verdicts = matchRecords(neighbourhood);
        seen.push({ neighbourhood, verdicts });
        return verdicts;
      }),
    );
    for (const { neighbourhood, verdicts } of seen) await reportHeld(neighbourhood, verdicts, ledger, clock.now());
    if (batch === 0) return looked;
    looked += batch;
  }
}

/** One finding per group of look-alikes; it closes when the group can be told apart. */
async function reportHeld({ records }: Neighbourhood, verdicts: readonly MatchVerdict[], ledger: Ledger, at: Instant): Promise<void> {
  if (records.length < 2) return; // who is alone was never held
  const findings = verdicts.flatMap(heldFinding);
  for (const finding of findings) await ledger.openFinding(finding, at);
  if (findings.length > 0) return;
  for (const { record } of records) await ledger.closeFinding('MATCH_AMBIGUOUS', nameOf(record), at);
}

/** Plans one batch of people whose facts have changed; `null` when there is nobody left. */
export async function planNextBatch(works: Pick<Works, 'ledger' | 'clock' | 'policy' | 'run'>): Promise<PlannedBatch | null> {
  const { ledger, clock } = works;
  if (!(await bothRead(ledger))) return null;
  const now = clock.now();
  const goLive = await ledger.setGoLive(now); // the first run draws the line, every later one finds it
  const policy = works.policy();
  const { startsAt } = policy.agreement;
  const schemas = await schemasOf(ledger);
  const decide = ({ people, directory, rotation, coveredUntil }: PlanningBatch): PlannedBatch =>
    planBatch(people, rotation, {
      now,
      goLive: startsAt === 'first-run' ? goLive : startsAt,
      policy,
      directory: indexDirectory(directory),
      schemas,
      coveredUntil,
    });
  return ledger.plan(works.run(), BATCH, now, decide);
}

async function schemasOf(ledger: Ledger): Promise<Schemas> {
  const known = SYSTEMS.flatMap((system) => OBJECTS[system].map((object) => ledger.schema(system, object)));
  return indexSchemas((await Promise.all(known)).filter((schema) => schema !== null));
}

/** Have all person records of both systems been read to the end at least once? */
async function bothRead(ledger: Ledger): Promise<boolean> {
  for (const system of SYSTEMS) {
    for (const object of OBJECTS[system]) {
      const cursor = await ledger.cursor(system, object);
      if (cursor === null || cursor.covers === null) return false;
    }
  }
  return true;
}
