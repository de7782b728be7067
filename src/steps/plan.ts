import type { Finding } from '../domain/people/person.ts';
import { OBJECTS, recordName, SYSTEMS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger, PlannedBatch, PlanningBatch } from '../ports/ledger.ts';
import { indexDirectory, indexSchemas, type Schemas } from '../reconcile/context.ts';
import {
  heldFinding,
  LIKENESS_CODES,
  type MatchVerdict,
  matchRecords,
  type Neighbourhood,
} from '../reconcile/match.ts';
import { planBatch } from '../reconcile/plan-batch.ts';
import { grantTasks, tellHeldBack } from './grant-tasks.ts';
import { hiddenStreams } from './hidden-streams.ts';
import { goLiveLine, lineUnder, releasePlanned } from './release.ts';
import type { Works } from './works.ts';
import { zonesOf } from './zones.ts';

const BATCH = 500;

/** Finds out who is who among the records that are nobody's yet. Waits until both systems have been read once: half a picture makes doubles. */
export async function matchNewRecords({
  ledger,
  clock,
  policy,
}: Pick<Works, 'ledger' | 'clock' | 'policy'>): Promise<number> {
  if (!(await bothRead(ledger))) return 0;
  const { matching } = policy().person;
  const reported = await reportedLikeness(ledger);
  let looked = 0;
  for (;;) {
    const seen: Decided[] = [];
    const batch = await ledger.match(BATCH, clock.now(), (neighbourhoods) =>
      neighbourhoods.flatMap((neighbourhood) => {
        const verdicts = matchRecords(neighbourhood, matching);
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
    reported.add(likenessOf(finding));
  }
  const still = new Set(findings.map(likenessOf));
  for (const { record } of neighbourhood.records) {
    for (const code of LIKENESS_CODES) {
      const name = likenessOf({ code, subject: recordName(record) });
      if (!reported.has(name) || still.has(name)) continue;
      await ledger.closeFinding(code, recordName(record), at);
      reported.delete(name);
    }
  }
}

function likenessOf({ code, subject }: Pick<Finding, 'code' | 'subject'>): string {
  return `${code} ${subject}`;
}

async function reportedLikeness(ledger: Ledger): Promise<Set<string>> {
  const open = (await ledger.findings()).filter(({ code }) => LIKENESS_CODES.includes(code));
  return new Set(open.map(likenessOf));
}

/**
 * Plans every person, deal and company whose facts have changed, batch by batch, each in one transaction; what may be sent of it is
 * released once all of them are planned, so that limits are held against the whole wave.
 */
export async function* planBatches(
  works: Pick<Works, 'ledger' | 'clock' | 'policy' | 'run' | 'gate' | 'offsetsOf'>,
): AsyncIterable<PlannedBatch> {
  const { ledger, clock } = works;
  if (!(await bothRead(ledger))) return;
  const policy = works.policy();
  const startedAt = clock.now();
  const schemas = await schemasOf(ledger);
  const hidden = await hiddenStreams(ledger, policy);
  if (policy.agreedSince !== null && policy.agreement.review !== undefined) await ledger.meetAgreement(startedAt);
  for (let planned = true; ; ) {
    const now = clock.now();
    const goLive = lineUnder(policy, goLiveLine(await ledger.goLive(), works.gate.firstRun, { startedAt, now }));
    const decide = ({ entities, directory, rotation, coveredUntil }: PlanningBatch): PlannedBatch =>
      planBatch(entities, rotation, {
        now,
        goLive,
        policy,
        directory: indexDirectory(directory),
        schemas,
        coveredUntil,
        hidden,
        zones: zonesOf(directory, works),
      });
    const batch = await ledger.plan(works.run(), BATCH, now, decide);
    if (batch !== null) {
      planned = true;
      yield batch;
    } else if ((await matchNewRecords(works)) === 0 && (await grantTasks(works)) === 0) {
      await tellHeldBack(works);
      // A plan that ends a link may let another record in. And a page that came in meanwhile is part of the wave.
      if ((await releasePlanned(works, startedAt)) !== null || !planned) return;
      planned = false;
    }
  }
}

/** The same, for whoever does not look at the batches; says how many changes came of it. */
export async function planEveryone(works: Parameters<typeof planBatches>[0]): Promise<number> {
  let planned = 0;
  for await (const { plans } of planBatches(works)) planned += plans.flatMap(({ changes }) => changes).length;
  return planned;
}

async function schemasOf(ledger: Ledger): Promise<Schemas> {
  return indexSchemas(await ledger.schemas());
}

/** Have all records of both systems been read to the end at least once? */
export async function bothRead(ledger: Ledger): Promise<boolean> {
  for (const system of SYSTEMS) {
    const cursors = await ledger.cursors(system);
    if (OBJECTS[system].some((object) => (cursors.get(object)?.covers ?? null) === null)) return false;
  }
  return true;
}
