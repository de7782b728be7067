import { writeFile } from 'node:fs/promises';
import { OBJECTS } from '../../src/domain/people/record.ts';
import type { LoggedRequest } from '../../src/sandbox/kernel/request-log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Edited, editSome } from './edit-some.ts';
import { growCompany, live } from './grow-company.ts';
import { type Tally, tally } from './requests.ts';

/** What the bench asks of the process in which both systems run, and what it answers. */
export type Asked =
  | { readonly ask: 'calls'; readonly keep: string | null }
  | { readonly ask: 'rows' }
  | { readonly ask: 'edit'; readonly share: number }
  | { readonly ask: 'advance'; readonly ms: number }
  | { readonly ask: 'tape'; readonly file: string };
export type Answers = {
  /** Calls since the last question. With `keep` they go onto the tape under that name, bodies and all. */
  readonly calls: readonly Tally[];
  /** Live records by object, in both systems. */
  readonly rows: Readonly<Record<string, number>>;
  readonly edit: Edited;
  readonly advance: null;
  readonly tape: null;
};
/** A request on the tape, and the step it belongs to. */
export type Taped = LoggedRequest & { readonly step: string };

export type CompanyOptions = { readonly people: number; readonly limits: boolean };

/** Monday, 2 November 2026, 10:00 in Tokyo. */
const MONDAY_MORNING = Date.parse('2026-11-02T10:00:00+09:00');
const UNLIMITED = 1_000_000_000;

/** Runs both systems, as a process of their own, until the bench lets go of it. What they compute is not booked on the worker. */
export async function runCompany({ people, limits }: CompanyOptions): Promise<void> {
  const sandbox = await startSandbox({ people, seed: 11, start: MONDAY_MORNING });
  growCompany(sandbox, people, sandbox.kernel.clock.now());
  if (!limits) liftLimits(sandbox);
  const tape: Taped[] = [];
  process.on('message', ({ id, ...asked }: Asked & { readonly id: number }) => {
    void answer(asked as Asked, sandbox, tape).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
  const { hubspot, salesforce, control } = sandbox;
  process.send?.({ id: 0, value: { hubspot, salesforce, control } });
}

function liftLimits({ portal, org }: Sandbox): void {
  Object.assign(portal.switches, {
    searchPerSecondLimit: UNLIMITED,
    tenSecondlyLimit: UNLIMITED,
    associationTenSecondlyLimit: UNLIMITED,
    dailyLimit: UNLIMITED,
    associationDailyLimit: UNLIMITED,
  });
  org.switches.dailyApiRequests = UNLIMITED;
}

async function answer(asked: Asked, sandbox: Sandbox, tape: Taped[]): Promise<Answers[Asked['ask']]> {
  const { kernel, portal, org } = sandbox;
  switch (asked.ask) {
    case 'calls': {
      const requests = kernel.log.list();
      kernel.log.clear();
      const step = asked.keep;
      if (step !== null) tape.push(...requests.map((request) => ({ ...request, step })));
      return tally(requests);
    }
    case 'rows':
      return Object.fromEntries([
        ...OBJECTS.hubspot.map((object) => [object, portal.records(object).filter(({ archived }) => !archived).length]),
        ...OBJECTS.salesforce.map((object) => [object, live(org, object).length]),
      ]) as Answers['rows'];
    case 'edit':
      return editSome(sandbox, asked.share);
    case 'advance':
      kernel.clock.advance(asked.ms);
      return null;
    case 'tape':
      await writeFile(asked.file, JSON.stringify(tape));
      return null;
  }
}
