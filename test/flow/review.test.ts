import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoOnce } from '../../src/cli/undo.ts';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { aCompany, type Company, DAY } from '../support/company.ts';

/** The agreement is to be reviewed on 10 November 2026, and every quarter from then on. */
describe('the review of the agreement', () => {
  let company: Company;
  let folder: string;
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-review-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    await edit((text) =>
      text
        .replaceAll('hanako.sato@', 'mio.tanaka@') // the heads are in Salesforce
        .replace(
          'roles:',
          'review: { every: quarter, next: 2026-11-10, tasks-for: [marketing-head, sales-head] }\nroles:',
        ),
    );
    company = await aCompany({ people: 5, frozen: true, mappings: folder });
    await settle();
  });
  afterAll(async () => {
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('is due on its day: one Task for each head, about nobody', async () => {
    expect(reviews()).toEqual([]);
    await company.later(8 * DAY);
    await settle();
    expect(reviews()).toMatchObject([
      { IsClosed: false, ActivityDate: '2026-11-10', WhoId: null, WhatId: null },
      { IsClosed: false, ActivityDate: '2026-11-10', WhoId: null, WhatId: null },
    ]);
    expect(new Set(reviews().map((task) => emailOf(task['OwnerId'])))).toEqual(
      new Set(['mio.tanaka@example.co.jp', 'ken.takahashi@example.co.jp']),
    );
    await settle();
    expect(reviews()).toHaveLength(2);
  });

  test('is over when both heads have signed a new version', async () => {
    await edit((text) =>
      text.replace('version: "2026-11"', 'version: "2026-12"').replace('next: 2026-11-10', 'next: 2027-02-10'),
    );
    await company.later(DAY);
    await signAsBothHeads(company.shop, folder, 'test');
    await settle();
    expect(reviews()).toMatchObject([{ IsClosed: true }, { IsClosed: true }]);
    expect((await company.shop.works.ledger.counts()).clocks).toMatchObject({ closed: 2, running: 2 });
  });

  test('is taken back like every other write', async () => {
    await company.later(95 * DAY);
    await settle();
    const open = () => reviews().filter((task) => task['IsClosed'] !== true);
    expect(open()).toHaveLength(2);
    const [{ run } = { run: '' }] = (await company.shop.works.ledger.runs(20)).filter(({ changes }) => changes >= 2);
    await undoOnce({ undo: { run, since: null, who: 'ken', as: 'undo-review' }, only: null }, company.shop);
    await settle();
    expect(open()).toEqual([]);
    expect(reviews()).toHaveLength(4);
  });

  function reviews() {
    const tasks = company.sandbox.org.records('Task');
    return tasks.filter((row) => String(row['Tasuki_Key__c']).startsWith('agreement:review:'));
  }

  function emailOf(user: unknown) {
    return company.sandbox.org.records('User').find((row) => row['Id'] === user)?.['Email'];
  }

  async function edit(change: (text: string) => string): Promise<void> {
    const path = join(folder, 'agreement.yaml');
    await writeFile(path, change(await readFile(path, 'utf8')));
  }

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    await company.pass();
  }
});
