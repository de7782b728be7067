import type { PassResult } from '../../src/cli/once.ts';
import { rehearse } from '../../src/cli/plan.ts';
import { SYSTEMS } from '../../src/domain/people/record.ts';
import type { LedgerCounts } from '../../src/ports/ledger.ts';
import { pullChanges } from '../../src/steps/pull.ts';
import { setUp } from '../../src/steps/set-up.ts';
import { surveyRecords } from '../../src/steps/survey.ts';
import { type Fewest, fewestToAsk, fewestToLoad, fewestToSurvey } from './fewest.ts';
import { type Measured, Recorder, type Step } from './record-steps.ts';
import type { Worker } from './worker.ts';

export type Story = {
  readonly rows: Readonly<Record<string, number>>;
  readonly edited: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  readonly counts: LedgerCounts;
};

/** Longer than Salesforce's overlap of ten minutes and HubSpot's of one and a half. */
const BEYOND_OVERLAP = 15;
/** `prepare` looks at owners and fields anew after an hour. */
const BEYOND_AN_HOUR = 61;
const PASSES_TO_REST = 8;
const SHARE = 0.01;
const NOTHING_CHANGED = fewestToAsk({});

/** A company's first day with Tasuki: everything is read, planned and written, and then little happens. */
export async function tellStory(worker: Worker, profile: string | null): Promise<Story> {
  const { company, shop } = worker;
  const { works } = shop;
  const recorder = new Recorder(company, profile);
  await recorder.measure('set-up', async () => ({ records: (await setUp(works)).length }), { taped: true });
  const rows = await company.ask({ ask: 'rows' });
  const toLoad = { fewest: fewestToLoad(rows), taped: true };
  for (const system of SYSTEMS)
    await recorder.measure(
      `first load, ${system}`,
      async () => ({ records: (await pullChanges(system, works)).seen }),
      toLoad,
    );
  await recorder.measure('full plan, rehearsed', async () => ({ records: (await rehearse(works)).changes.length }), {
    fewest: NOTHING_CHANGED,
  });
  await recorder.measure('first pass', () => passed(worker), { fewest: NOTHING_CHANGED, taped: true });
  await comeToRest(worker, recorder);
  await idle(worker, recorder);

  const edited = await company.ask({ ask: 'edit', share: SHARE });
  await worker.later(BEYOND_OVERLAP);
  await recorder.measure('1 % changed', () => passed(worker), { fewest: fewestToAsk(edited) });
  await worker.later(BEYOND_OVERLAP);
  await recorder.measure('echoes of the 1 %', () => passed(worker), { fewest: NOTHING_CHANGED });
  const toSurvey = { fewest: fewestToSurvey(await company.ask({ ask: 'rows' })) };
  for (const system of SYSTEMS)
    await recorder.measure(`daily survey, ${system}`, () => surveyed(worker, system), toSurvey);
  return { rows, edited, steps: recorder.steps, counts: await works.ledger.counts() };
}

/** The idle pass of a company of another size: how much is known must not matter. */
export async function tellIdle(worker: Worker): Promise<readonly Step[]> {
  const recorder = new Recorder(worker.company, null);
  await setUp(worker.shop.works);
  await recorder.measure('first pass', () => passed(worker));
  await comeToRest(worker, recorder);
  await idle(worker, recorder);
  return recorder.steps;
}

/** Passes over our own echoes, until nothing is planned any more. */
async function comeToRest(worker: Worker, recorder: Recorder): Promise<void> {
  for (let nth = 2; nth < 2 + PASSES_TO_REST; nth += 1) {
    await worker.later(BEYOND_OVERLAP);
    const { records, detail } = await recorder.measure(`pass ${nth}`, () => passed(worker), {
      fewest: NOTHING_CHANGED,
    });
    if (records === 0 && detail['planned'] === 0) return;
  }
  throw new Error('The company and the worker do not come to rest.');
}

export const IDLE = 'idle pass';

async function idle(worker: Worker, recorder: Recorder): Promise<void> {
  const fewest: { readonly fewest: Fewest } = { fewest: NOTHING_CHANGED };
  await worker.later(BEYOND_AN_HOUR);
  await recorder.measure('idle pass with the hourly look', () => passed(worker), fewest);
  await worker.later(BEYOND_OVERLAP);
  await recorder.measure(IDLE, () => passed(worker), fewest);
}

async function passed(worker: Worker): Promise<Required<Measured>> {
  const { written, pulled, planned, confirmed, refused, findings }: PassResult = await worker.pass();
  return { records: written, detail: { pulled, planned, confirmed, refused, findings } };
}

async function surveyed({ shop: { works } }: Worker, system: (typeof SYSTEMS)[number]): Promise<Measured> {
  const report = await surveyRecords(system, 0, works);
  if (report === null) throw new Error('No survey was due.');
  return { records: report.listed, detail: { changed: report.changed, gone: report.gone } };
}
