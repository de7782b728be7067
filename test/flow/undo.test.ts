import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainVerb } from '../../src/cli/explain.ts';
import { rehearseUndo, type UndoResult, undoOnce, undoVerb } from '../../src/cli/undo.ts';
import type { VerbContext } from '../../src/cli/verb.ts';
import type { UndoLine } from '../../src/domain/people/undo.ts';
import { aCompany, type Company } from '../support/company.ts';

/**
 * Forty people in step; marketing gives some of them a new title in HubSpot, one run carries it over, sales types over a few of them,
 * and then somebody takes the run back.
 */
describe('taking a run back', () => {
  let company: Company;
  let run: string;
  let undone: UndoResult;
  /** What the run had written besides, because of the new title: it scores. */
  let derived: readonly UndoLine[];
  let people: readonly { readonly contact: string; readonly lead: string; readonly before: unknown }[];
  const edited = () => people.slice(0, 2);
  const standing = () => people.slice(2);

  beforeAll(async () => {
    company = await aCompany({ people: 40 });
    await settle();
    people = onBothSides().slice(0, 8);
    expect(people.length).toBe(8);
    for (const { contact } of people) touchContact(contact, { jobtitle: '新任部長' });
    await company.later();
    await company.pass();
    run = company.shop.works.run();
    await settle(); // later runs find nothing more to do
    for (const { lead: id } of edited())
      company.sandbox.org.touch('Lead', id, { Title: '営業が直した役職' }, { by: admin() });
    await company.later();
  });
  afterAll(() => company.close());

  test('shows beforehand what it would restore, and what not, and touches nothing', async () => {
    const lines = await rehearseUndo(asked(), company.shop);
    expect(onTitles(restored(lines)).length).toBe(standing().length);
    expect(kept(lines, 'edited-since').map(({ target }) => target.id)).toEqual(
      expect.arrayContaining(edited().map(({ lead: id }) => id)),
    );
    expect(titles(standing())).toEqual(standing().map(() => '新任部長'));
    expect((await company.shop.works.ledger.runs(20)).map(({ run: id }) => id)).not.toContain('undo-1');
  });

  test('is asked for in a terminal, with the run and a yes', async () => {
    const call = (argument: string | undefined, flags: Record<string, unknown>) => {
      const said: unknown[] = [];
      const exit = undoVerb.run(contextOf(said), { ...(argument === undefined ? {} : { argument }), flags });
      return exit.then((code) => ({ code, said }));
    };
    const listed = await call(undefined, {});
    expect(listed).toMatchObject({
      code: 0,
      said: [{ runs: expect.arrayContaining([expect.objectContaining({ run })]) }],
    });
    expect(await call('run-of-nobody', { yes: true })).toMatchObject({ code: 1 });
    expect(await call(run, { since: 'yesterday', yes: true })).toMatchObject({ code: 64 });
    expect(await call(run, { dryRun: true })).toMatchObject({ code: 0, said: [{ run, kept: { 'edited-since': 2 } }] });
    expect(await call(run, {})).toMatchObject({ code: 64 }); // nobody is there to say yes
    expect(titles(standing())).toEqual(standing().map(() => '新任部長'));
  });

  test('restores the before-image wherever our value still stands, and says what was found where it does not', async () => {
    undone = await undoOnce(asked(), company.shop);
    expect(onTitles(restored(undone.lines)).length).toBe(standing().length);
    derived = restored(undone.lines).filter(({ field }) => field !== 'Title');
    expect(derived.map(({ field }) => field)).toEqual(expect.arrayContaining(['Tasuki_Stage__c', 'tasuki_stage']));
    expect(titles(standing())).toEqual(standing().map(({ before }) => before ?? null));
    expect(titles(edited())).toEqual(['営業が直した役職', '営業が直した役職']);
    expect(kept(undone.lines, 'edited-since').map(({ verdict }) => verdict)).toEqual(
      edited().map(() => ({ kind: 'kept', because: 'edited-since', found: '営業が直した役職' })),
    );
    expect([undone.confirmed, undone.refused]).toEqual([undone.planned, 0]);
    const { changes } = await company.shop.works.ledger.counts();
    expect(changes['undone']).toBeGreaterThanOrEqual(standing().length);
  });

  test('is not undone by the next pass: both sides differ by agreement, and it is said', async () => {
    await company.later();
    await settle();
    expect(titles(standing())).toEqual(standing().map(({ before }) => before ?? null));
    expect(standing().map(({ contact }) => contactOf(contact)['jobtitle'])).toEqual(standing().map(() => '新任部長'));
    for (const { target, field, verdict } of derived)
      if (verdict.kind === 'restored') expect(valueOf(target, field!)).toEqual(verdict.to);
    const subjects = (await company.shop.works.ledger.findings())
      .filter(({ code }) => code === 'WRITE_UNDONE')
      .map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(standing().map(({ lead: id }) => `salesforce:Lead:${id}`)));
  });

  test('is told by explain: what was undone, by whom, and what each side holds', async () => {
    const said: unknown[] = [];
    const [one] = standing();
    const asked = { argument: one!.contact, more: ['Title'], flags: {} };
    expect(await explainVerb.run(contextOf(said), asked)).toBe(0);
    expect(said).toMatchObject([
      {
        hubspot: { value: '新任部長' },
        salesforce: { value: one!.before ?? null },
        last: { change: { run: 'undo-1', state: 'confirmed' }, write: { reason: { code: 'undone' } } },
        whyNot: { code: 'undone', detail: { who: 'hanako', run } },
      },
    ]);
    expect(await explainVerb.run(contextOf([]), { ...asked, more: ['Titel'] })).toBe(1);
  });

  test('leaves the field in step: what is typed next travels as ever', async () => {
    const [one] = standing();
    touchContact(one!.contact, { jobtitle: '本部長' });
    await company.later();
    await settle();
    expect(titles([one!])).toEqual(['本部長']);
  });

  test('is itself a run, and can be undone', async () => {
    const again = await undoOnce(
      { undo: { run: 'undo-1', since: null, who: 'taro', as: 'undo-2' }, only: null },
      company.shop,
    );
    const others = standing().slice(1);
    expect(onTitles(restored(again.lines)).length).toBe(others.length);
    expect(titles(others)).toEqual(others.map(() => '新任部長'));
    await company.later();
    await settle();
    expect((await company.shop.works.ledger.counts()).findings['WRITE_UNDONE'] ?? 0).toBe(0);
  });

  test('of one record alone, and `retry` brings it back', async () => {
    const { ledger, clock } = company.shop.works;
    const one = standing()[1]!;
    const only = (await ledger.person(one.contact))!.id;
    // The run was undone and the undo was: what stands now is the second undo's.
    await undoOnce({ undo: { run: 'undo-2', since: null, who: 'hanako', as: 'undo-3' }, only }, company.shop);
    await company.later();
    await settle();
    expect([titles([one]), titles([standing()[2]!])]).toEqual([[one.before ?? null], ['新任部長']]);
    expect(await ledger.retry(only, 'hanako', clock.now())).toMatchObject({ entities: 1 });
    await company.pass();
    await settle();
    expect(titles([one])).toEqual(['新任部長']);
  });

  /** A verb's surroundings, with this company's workshop in the place of a new one; `said` gets every result. */
  const contextOf = (said: unknown[]): VerbContext => {
    const { works } = company.shop;
    const close = async () => {};
    return {
      terminal: {
        json: true,
        locale: 'ja',
        say: () => {},
        asks: async () => null,
        result: (value) => void said.push(value),
      },
      options: company.options,
      open: async () => ({ ...company.shop, close }),
      openLedger: async () => ({ ledger: works.ledger, clock: works.clock, policy: async () => works.policy(), close }),
      stopAsked: () => Promise.resolve('SIGTERM'),
    };
  };
  const asked = () => ({ undo: { run, since: null, who: 'hanako', as: 'undo-1' }, only: null });
  const restored = (lines: readonly UndoLine[]) => lines.filter(({ verdict }) => verdict.kind === 'restored');
  const onTitles = (lines: readonly UndoLine[]) => lines.filter(({ field }) => field === 'Title');
  const kept = (lines: readonly UndoLine[], because: string) =>
    lines.filter(({ verdict }) => verdict.kind === 'kept' && verdict.because === because);
  const titles = (some: readonly { readonly lead: string }[]) => some.map(({ lead: id }) => lead(id)['Title'] ?? null);
  const lead = (id: string) => company.sandbox.org.records('Lead').find((row) => row['Id'] === id)!;
  const contactOf = (id: string) =>
    company.sandbox.portal.records('contacts').find((record) => record.id === id)!.properties;
  const valueOf = ({ system, id }: UndoLine['target'], field: string) =>
    (system === 'salesforce' ? lead(id!)[field] : contactOf(id!)[field]) || null;
  const admin = () => String(company.sandbox.org.records('User').find((user) => user['IsActive'] === true)!['Id']);
  const touchContact = (id: string, values: Record<string, string>) =>
    company.sandbox.portal.touch('contacts', id, values, { source: 'CRM_UI', userId: 1 });

  /** Passes until nothing is planned any more. */
  async function settle(): Promise<void> {
    for (let pass = 0; pass < 6; pass += 1) {
      if ((await company.pass()).planned === 0) return;
      await company.later();
    }
    throw new Error('the company does not come to rest');
  }

  function onBothSides() {
    const leads = new Map(
      company.sandbox.org
        .records('Lead')
        .filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true && row['Tasuki_Key__c'])
        .map((row) => [row['Tasuki_Key__c'], row]),
    );
    return company.sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
      const found = leads.get(properties['tasuki_key'] ?? '');
      return found === undefined ? [] : [{ contact: id, lead: String(found['Id']), before: found['Title'] }];
    });
  }
});
