import type { FindingCode } from '../domain/people/person.ts';
import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger, PlannedBatch, PlanningBatch } from '../ports/ledger.ts';
import { indexDirectory, indexSchemas, type Schemas } from '../reconcile/context.ts';
import { heldFinding, type MatchVerdict, matchRecords, type Neighbourhood, nameOf } from '../reconcile/match.ts';
import { planBatch } from '../reconcile/plan-batch.ts';
import type { Works } from './works.ts';

const BATCH = 500;

/** Finds out who is who among the records that are nobody's yet. Waits until both systems have been read once: half a picture makes doubles. */
export async function matchNewRecords({ ledger, clock }: Pick<Works, 'ledger' | 'clock'>): Promise<number> {
  if (!(await bothRead(ledger))) return 0;
  const reported = await openSubjects(ledger);
  let looked = 0;
  for (;;) {
    const seen: Decided[] = [];
    const batch = await ledger.match(BATCH, clock.now(), (neighbourhoods) =>
      neighbourhoods.flatMap((neighbourhood) => {
        const verdicts = matchRecords(neighbourhood);
        seen.push({ neighbourhood, verdicts });
        return verdicts;
      }),
    );
    for (const decided of seen) await reportHeld(decided, reported, ledger, clock.now());
    if (batch === 0) return looked;
    looked += batch;
  }
}

type Decided = { readonly neighbourhood: Neighbourhood; readonly verdicts: readonly MatchVerdict[] };

/** One finding per group of look-alikes; it closes when the group can be told apart. */
async function reportHeld(
  { neighbourhood, verdicts }: Decided,
  reported: Set<string>,
  ledger: Ledger,
  at: Instant,
): Promise<void> {
  const findings = verdicts.flatMap(heldFinding);
  for (const finding of findings) {
    await ledger.openFinding(finding, at);
    reported.add(finding.subject);
  }
  if (findings.length > 0) return;
  const healed = neighbourhood.records.map(({ record }) => nameOf(record)).filter((subject) => reported.has(subject));
  for (const subject of healed) {
    await ledger.closeFinding('MATCH_AMBIGUOUS', subject, at);
    await ledger.closeFinding('KEY_HELD_TWICE', subject, at);
    await ledger.closeFinding('COMPANY_NAMES_DIFFER', subject, at);
  }
}

const ABOUT_LIKENESS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'MATCH_AMBIGUOUS',
  'KEY_HELD_TWICE',
  'COMPANY_NAMES_DIFFER',
]);

async function openSubjects(ledger: Ledger): Promise<Set<string>> {
  const open = (await ledger.findings()).filter(({ code }) => ABOUT_LIKENESS.has(code));
  return new Set(open.map(({ subject }) => subject));
}

/** Plans every person, deal and company whose facts have changed, batch by batch, each in one transaction. */
export async function* planBatches(
  works: Pick<Works, 'ledger' | 'clock' | 'policy' | 'run'>,
): AsyncIterable<PlannedBatch> {
  const { ledger, clock } = works;
  if (!(await bothRead(ledger))) return;
  const policy = works.policy();
  const { startsAt } = policy.agreement;
  const firstRun = await ledger.setGoLive(clock.now()); // the first run draws the line, every later one finds it
  const goLive = startsAt === 'first-run' ? firstRun : startsAt;
  const schemas = await schemasOf(ledger);
  for (;;) {
    const now = clock.now();
    const decide = ({ entities, directory, rotation, coveredUntil }: PlanningBatch): PlannedBatch =>
      planBatch(entities, rotation, {
        now,
        goLive,
        policy,
        directory: indexDirectory(directory),
        schemas,
        coveredUntil,
      });
    const batch = await ledger.plan(works.run(), BATCH, now, decide);
    if (batch !== null) yield batch;
    else if ((await matchNewRecords(works)) === 0) return; // a plan that ends a link may let another record in
  }
}

async function schemasOf(ledger: Ledger): Promise<Schemas> {
  return indexSchemas(await ledger.schemas());
}

/** Have all records of both systems been read to the end at least once? */
async function bothRead(ledger: Ledger): Promise<boolean> {
  for (const system of SYSTEMS) {
    const cursors = await ledger.cursors(system);
    if (OBJECTS[system].some((object) => (cursors.get(object)?.covers ?? null) === null)) return false;
  }
  return true;
}
