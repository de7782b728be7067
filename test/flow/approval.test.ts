import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runLane } from '../../jobs/index.ts';
import { approveVerb } from '../../src/cli/approve.ts';
import { rehearse } from '../../src/cli/plan.ts';
import { rejectVerb } from '../../src/cli/reject.ts';
import type { Verb, VerbContext } from '../../src/cli/verb.ts';
import { planEveryone } from '../../src/steps/plan.ts';
import { pullChanges } from '../../src/steps/pull.ts';
import { aCompany, type Company } from '../support/company.ts';

type Answer = Readonly<Record<string, unknown>> & { readonly plan?: unknown };

/** Nothing is written unseen. */
describe('what a person has to see first', () => {
  let company: Company;
  afterEach(() => company.close());

  /** Types a verb beside the worker, on the worker's own ledger, and says what came of it. */
  async function type(verb: Verb, flags: Record<string, unknown>, answer: boolean | null = null) {
    const { works } = company.shop;
    const said: string[] = [];
    const results: { readonly value: Answer; readonly text: string }[] = [];
    const context: VerbContext = {
      terminal: {
        json: false,
        locale: 'ja',
        say: (line) => void said.push(line),
        asks: async () => answer,
        result: (value, text) => void results.push({ value: value as Answer, text }),
      },
      options: company.options,
      open: () => Promise.reject(new Error('it speaks to no CRM')),
      openLedger: async () => ({
        ledger: works.ledger,
        clock: works.clock,
        policy: async () => works.policy(),
        close: async () => undefined,
      }),
      stopAsked: () => new Promise(() => undefined),
    };
    const exit = await verb.run(context, { flags: { by: '佐藤', ...flags } });
    return { exit, said: said.join('\n'), ...results[0]! };
  }

  const edit = (id: string, values: Record<string, string>) =>
    company.sandbox.portal.touch('contacts', id, values, { source: 'CRM_UI', userId: 1 });
  const writes = () =>
    company.sandbox.kernel.log
      .list()
      .filter(
        ({ method, path }) => method !== 'GET' && /batch\/(?:update|create|upsert)|composite\/sobjects/u.test(path),
      ).length;

  test('the first run reads and plans, and writes nothing until it was approved', async () => {
    company = await aCompany({ people: 40, settings: { firstRun: 'ask' } });
    const { ledger } = company.shop.works;
    expect(await type(approveVerb, { yes: true })).toMatchObject({ exit: 1, value: { because: 'not-read' } });
    const before = writes();
    const first = await company.pass();
    expect(first).toMatchObject({ written: 0, findings: expect.any(Number) });
    expect(first.held['first-run']).toBeGreaterThan(20);
    expect(first.held['first-run']).toBe(first.planned);
    await company.later();
    const second = await company.pass();
    expect(second).toMatchObject({ written: 0, planned: 0, held: first.held }); // it waits, and is not planned twice
    expect(writes()).toBe(before);
    expect(await ledger.goLive()).toBeNull();

    const shown = await type(approveVerb, { dryRun: true });
    expect(shown.said).toContain(`承認を待つ変更 ${first.planned} 件`);
    expect(await type(approveVerb, {}, null)).toMatchObject({ exit: 1, value: { decided: false } });
    expect(await type(approveVerb, {}, false)).toMatchObject({ exit: 0, value: { decided: false } });
    expect(await ledger.goLive()).toBeNull();
    expect(await type(approveVerb, {}, true)).toMatchObject({
      exit: 0,
      value: { kind: 'done', changes: first.planned },
    });
    const third = await company.pass();
    expect(third.written).toBeGreaterThanOrEqual(first.planned);
    expect(third.held['first-run']).toBe(0);
    expect(await ledger.counts()).toMatchObject({ clocks: {} }); // what was there before is history
  });

  test('what is approved is what was shown: an edit in between is named, and the new plan asks again', async () => {
    company = await aCompany({ people: 40, settings: { firstRun: 'ask' } });
    const { works } = company.shop;
    const { plan, toApprove } = await rehearse(works); // nothing is in the ledger yet but what was read
    const { target, steps } = toApprove.find(
      ({ target: { object }, kind }) => object === 'contacts' && kind === 'update',
    )!;
    const stage = steps.flat().find(({ field }) => field === 'tasuki_stage');
    edit(target.id!, { tasuki_stage: 'SQL' });
    await company.later();
    await company.pass();

    const moved = await type(approveVerb, { plan: plan.hash });
    expect(moved).toMatchObject({ exit: 1, value: { decided: false, kind: 'moved' } });
    const line = `${target.id}  tasuki_stage: (空) → ${String(stage?.after)}  [現在: SQL]`;
    expect(moved.text).toContain(line);
    expect(await works.ledger.goLive()).toBeNull();

    const { plan: anew } = await rehearse(works);
    expect(await type(approveVerb, { plan: anew.hash })).toMatchObject({
      exit: 0,
      value: { kind: 'done', changes: anew.changes },
    });
    expect(await type(approveVerb, { plan: anew.hash })).toMatchObject({ exit: 1 }); // one plan, one approval
  });

  /** A company in step, in which seven people are given one title in HubSpot, and one a telephone. */
  async function aBulkEdit(): Promise<readonly string[]> {
    company = await aCompany({ people: 40, settings: { breakerChanges: 3 } });
    while ((await company.pass()).planned > 0) await company.later();
    const leads = await linkedToLeads(company);
    for (const id of leads.slice(0, 7)) edit(id, { jobtitle: '統括部長' });
    edit(leads[7]!, { phone: '03-5555-0001' });
    await company.later();
    const { held, written } = await company.pass();
    expect(held.breaker).toBe(7);
    expect(written).toBeGreaterThan(0);
    return leads;
  }

  test('more changes than usual wait, everything else goes on, and approval lets them go', async () => {
    await aBulkEdit();
    const { ledger } = company.shop.works;
    const tripped = async () => (await ledger.findings()).filter(({ code }) => code === 'BREAKER_TRIPPED');
    expect(await tripped()).toMatchObject([{ subject: 'salesforce:Lead:Title', detail: { changes: 7 } }]);

    expect((await type(approveVerb, { dryRun: true })).said).toContain('いつもより多い');
    expect(await type(approveVerb, { yes: true })).toMatchObject({ exit: 0, value: { changes: 7 } });
    expect(await tripped()).toEqual([]);
    const after = await company.pass();
    expect(after.held.breaker).toBe(0);
    expect(after.written).toBeGreaterThanOrEqual(7);
    await company.later();
    expect(await company.pass()).toMatchObject({ planned: 0 });
  });

  test('a plan that was rejected is not made again until a value differs', async () => {
    const leads = await aBulkEdit();
    expect(await type(rejectVerb, { yes: true, why: '試験の値' })).toMatchObject({ exit: 0, value: { changes: 7 } });
    await company.shop.works.ledger.wakeEveryone();
    expect(await company.pass()).toMatchObject({ planned: 0, held: { breaker: 0 } });
    for (const id of leads.slice(0, 3)) edit(id, { jobtitle: '課長補佐' });
    await company.later();
    expect((await company.pass()).written).toBeGreaterThanOrEqual(3);
    const rejected = (await company.shop.works.ledger.findings()).filter(({ code }) => code === 'PLAN_REJECTED');
    expect(rejected).toHaveLength(4);
  });

  test('a process that dies between planning and releasing loses nothing: the sweep releases', async () => {
    company = await aCompany({ people: 20 });
    const { works, queue } = company.shop;
    await pullChanges('hubspot', works);
    await pullChanges('salesforce', works);
    const dies = { ...works.ledger, releasePlanned: () => Promise.reject(new Error('killed')) };
    await works.ledger.wakeClocks(works.clock.now());
    await runLane({ job: 'plan-batch' }, { ...works, ledger: dies }).catch(() => undefined);
    const { held } = await works.ledger.waiting();
    expect(held.unjudged).toBeGreaterThan(0);
    await queue.ring({ job: 'sweep-stragglers' });
    await queue.quiet();
    expect((await works.ledger.waiting()).held.unjudged).toBe(0);
    expect((await works.ledger.counts()).changes['confirmed']).toBeGreaterThan(0);
  });

  describe('a rollout', () => {
    let folder: string;
    afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

    test('writes a share of the people, shows the others, and goes on from there', async () => {
      folder = join(await mkdtemp(join(tmpdir(), 'tasuki-rollout-')), 'mappings');
      await cp('mappings', folder, { recursive: true });
      const path = join(folder, 'contact.yaml');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('  ambiguous: ask', '  rollout: { percent: 25 }\n  ambiguous: ask'));
      company = await aCompany({ people: 40, mappings: folder });
      const first = await company.pass();
      expect(first.held.rollout).toBeGreaterThan(0);
      expect(first.written).toBeGreaterThan(0);
      const { works } = company.shop;
      const { held } = await rehearse(works);
      expect(held.rollout).toBe((await works.ledger.waiting()).held.rollout);
      const policy = works.policy();
      await works.ledger.wakeEveryone();
      const { rolloutPercent: _gone, ...person } = policy.person;
      await planEveryone({ ...works, policy: () => ({ ...policy, person }) });
      expect((await works.ledger.waiting()).held.rollout).toBe(0);
    });
  });
});

/** Contacts whose other half is a Lead. */
async function linkedToLeads({ shop, sandbox }: Company): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, archived } of sandbox.portal.records('contacts')) {
    const person = archived ? null : await shop.works.ledger.person(`hubspot:contacts:${id}`);
    const isLead = person?.links.some(({ role, record }) => role === 'current' && record.object === 'Lead');
    if (isLead === true) found.push(id);
  }
  return found;
}
