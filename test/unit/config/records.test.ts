import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMappings } from '../../../src/config/load.ts';
import { defaults, type Edit, edited, faultsOf, MAPPINGS } from './written.ts';

/** The deadline that leans on deal.yaml. */
const CONVERT = /\n {2}convert:\n(?: {4}.*\n)+/u;
const STAGE = 'stage: { policy: two-way, conflict: salesforce, first: salesforce }';
const SECOND_PIPELINE = '    - hubspot: renewal\n      stages: { won: 受注 }\n\n  stage:';

describe('the default company.yaml and deal.yaml', () => {
  const { company, deal } = defaults().policy;

  test('map five fields of companies, each on the account and with its line, and make no company', () => {
    expect(company.fields.map(({ name, policy, kind, salesforce }) => [name, policy, kind, salesforce])).toEqual([
      ['name', 'fill-blank', 'text', { Account: 'Name' }],
      ['website', 'fill-blank', 'text', { Account: 'Website' }],
      ['phone', 'two-way', 'phone', { Account: 'Phone' }],
      ['numberofemployees', 'two-way', 'number', { Account: 'NumberOfEmployees' }],
      ['industry', 'fill-blank', 'picklist', { Account: 'Industry' }],
    ]);
    for (const { at } of company.fields) expect(at).toMatch(/^mappings\/company\.yaml:\d+$/u);
    expect(company.createInHubSpot).toBe(false);
  });

  test('mean what deal.yaml says', () => {
    expect(deal).toMatchObject({
      pipelines: [{ hubspot: 'default', recordType: null, at: 'mappings/deal.yaml:14' }],
      stage: { policy: 'two-way', conflict: 'salesforce', first: 'salesforce' },
      amount: { policy: 'two-way', conflict: 'salesforce', clears: 'keep', at: 'mappings/deal.yaml:29' },
      closeDate: { policy: 'two-way', first: 'salesforce', at: 'mappings/deal.yaml:31' },
      currency: 'JPY',
      create: { salesforce: true, hubspot: true },
      reasons: { won: null, lost: { hubspot: 'closed_lost_reason', salesforce: 'Loss_Reason__c' } },
    });
    expect(deal.pipelines[0]?.stages).toMatchObject({ appointmentscheduled: '初回訪問', closedwon: '受注' });
    expect(deal.fields.map(({ name, salesforce }) => [name, salesforce])).toEqual([
      ['dealname', { Opportunity: 'Name' }],
      ['description', { Opportunity: 'Description' }],
      ['dealtype', { Opportunity: 'Type' }],
    ]);
  });

  test('the industries of companies are those of people: one person is scored by both', () => {
    const { person } = defaults().policy;
    const industry = (fields: typeof person.fields) => fields.find(({ name }) => name === 'industry')?.values;
    expect(industry(company.fields)).toEqual(industry(person.fields));
  });
});

describe('a folder of the version before', () => {
  test('still loads: companies are matched without fields, deals are read and none is written', () => {
    const { policy } = edited(['company.yaml', null], ['deal.yaml', null], ['agreement.yaml', CONVERT, '']);
    expect(policy.company).toEqual({ fields: [], createInHubSpot: false });
    expect(policy.deal).toMatchObject({
      pipelines: [],
      amount: null,
      fields: [],
      create: { salesforce: false, hubspot: false },
      reasons: { won: null, lost: null },
    });
  });

  test('is read from a disk without the two files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tasuki-mappings-'));
    try {
      cpSync(MAPPINGS, folder, { recursive: true });
      rmSync(join(folder, 'company.yaml'));
      expect(loadMappings(folder).policy.company.fields).toEqual([]);
      rmSync(join(folder, 'deal.yaml'));
      // The shipped agreement leans on deal.yaml, and says so.
      expect(() => loadMappings(folder)).toThrow(/agreement\.yaml:\d+:\d+: deal\.yaml makes no opportunities/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('each of the two files counts in the hash', () => {
    const { hash } = defaults();
    expect(edited(['company.yaml', null]).hash).not.toBe(hash);
    expect(edited(['deal.yaml', 'currency: JPY', 'currency: USD']).hash).not.toBe(hash);
  });
});

describe('every fault names file, line and column, what is wrong and what to do', () => {
  test.each<[string, Edit, string]>([
    [
      'a company field on two objects',
      ['company.yaml', 'salesforce: Website', 'salesforce: { Account: Website }'],
      'mappings/company.yaml:20:39: "salesforce" must be a Salesforce field',
    ],
    [
      'an unknown key of a company field',
      ['company.yaml', 'clears: keep', 'claers: keep'],
      '"claers" is not known here. Did you mean `clears`?',
    ],
    [
      'the name of accounts decided by HubSpot',
      ['company.yaml', 'salesforce: Name, policy: fill-blank', 'salesforce: Name, policy: two-way, conflict: newest'],
      'The name of an account is decided by people in Salesforce',
    ],
    [
      'the owner of an account',
      ['company.yaml', 'salesforce: Website', 'salesforce: OwnerId'],
      'OwnerId is the owner, which owners.yaml and the hand-off decide; it cannot be mapped.',
    ],
    [
      'a company field mapped twice',
      ['company.yaml', 'hubspot: website', 'hubspot: name'],
      'HubSpot name is mapped already',
    ],
    [
      'another order of matching companies',
      ['company.yaml', '[link, key, native-link, domain, name]', '[link, key, native-link, name, domain]'],
      'write match: [link, key, native-link, domain, name]',
    ],
    [
      'accounts made by Tasuki',
      ['company.yaml', '  # create:\n', '  create: { salesforce: {} }\n'],
      '"salesforce" is not yet supported',
    ],
    [
      'a rule for companies that does not exist',
      ['company.yaml', '  # create:\n  #   hubspot: { when: person-known }', '  create: { hubspot: { when: any } }'],
      '"when" must be person-known.',
    ],
    [
      'two HubSpot stages for one stage, both ways',
      ['deal.yaml', 'presentationscheduled: 提案', 'presentationscheduled: 初回訪問'],
      'mappings/deal.yaml:19:32: "初回訪問" already stands for appointmentscheduled; on the way back nobody could tell',
    ],
    [
      'a stage that stands twice',
      ['deal.yaml', 'presentationscheduled: 提案', 'appointmentscheduled: 提案'],
      'mappings/deal.yaml:19:9: This key stands twice in the same block.',
    ],
    [
      'no pipeline',
      ['deal.yaml', /pipelines:[^]*?(?=\n {2}stage:)/u, 'pipelines: []\n'],
      'must have one pipeline at least',
    ],
    [
      'a pipeline without stages',
      ['deal.yaml', /stages:[^]*?(?=\n {2}stage:)/u, 'stages: {}\n'],
      'A pipeline without stages maps nothing.',
    ],
    [
      'a pipeline that stands twice',
      ['deal.yaml', '  stage:', SECOND_PIPELINE.replace('renewal', 'default')],
      'The pipeline default is mapped already at mappings/deal.yaml:14.',
    ],
    [
      'two pipelines for the same record types',
      ['deal.yaml', '  stage:', SECOND_PIPELINE],
      'nobody could tell whether its deal belongs to default (mappings/deal.yaml:14) or here',
    ],
    [
      'a two-way stage without a referee',
      ['deal.yaml', STAGE, 'stage: { policy: two-way }'],
      'A two-way stage needs "conflict"',
    ],
    [
      'a stage that only fills blanks',
      ['deal.yaml', STAGE, 'stage: { policy: fill-blank }'],
      '"policy" must be one of two-way, hubspot, salesforce.',
    ],
    [
      'a one-way amount with two masters',
      [
        'deal.yaml',
        'amount: { policy: two-way, conflict: salesforce, first: salesforce',
        'amount: { policy: hubspot, conflict: salesforce',
      ],
      '"conflict: salesforce" contradicts it',
    ],
    ['no currency', ['deal.yaml', ', currency: JPY', ''], '"currency" is missing. It must be a currency, such as JPY'],
    [
      'a currency in words',
      ['deal.yaml', 'currency: JPY', 'currency: 円'],
      '"currency" must be a currency in three capital letters',
    ],
    [
      'a close date in the list of fields',
      ['deal.yaml', 'hubspot: description, salesforce: Description', 'hubspot: closedate, salesforce: Close__c'],
      'closedate is the close date, which stands under "close-date"; it cannot be mapped.',
    ],
    [
      'the stage in the list of fields',
      ['deal.yaml', 'hubspot: description, salesforce: Description', 'hubspot: description, salesforce: StageName'],
      'StageName is the stage, which stands under "pipelines" and "stage"',
    ],
    [
      'half a reason',
      ['deal.yaml', ', salesforce: Loss_Reason__c', ''],
      '"salesforce" is missing. It must be a Salesforce field, such as Loss_Reason__c',
    ],
    [
      'a criterion on a company field that is not mapped',
      ['agreement.yaml', 'hubspot.industry', 'company.industy'],
      'company.yaml maps no field `industy`. Did you mean `industry`? Fields: name, website, phone, numberofemployees, industry.',
    ],
    [
      'a stage by a company field that is not mapped',
      ['agreement.yaml', '{ deal: won }', '{ all: [{ deal: won }, { not: { field: company.tier, is: A } }] }'],
      'company.yaml maps no field `tier`.',
    ],
    [
      'a deal that is nothing',
      ['agreement.yaml', '{ deal: open }', '{ deal: opne }'],
      '"deal" must be one of open, won, lost. Did you mean `open`?',
    ],
    [
      'a test of a deal',
      ['agreement.yaml', '{ deal: open }', '{ deal: open, at-least: 1 }'],
      'A test ("at-least") belongs to "field" or "score", not to "deal".',
    ],
    [
      'a deadline that starts with nothing',
      ['agreement.yaml', 'starts: { deal: waiting }', 'starts: {}'],
      'A deadline starts with one thing: handed-off (a team), criteria-met or entered (a stage), met (another deadline), or deal: waiting. Here: none.',
    ],
    [
      'a deadline that starts twice',
      ['agreement.yaml', 'starts: { deal: waiting }', 'starts: { deal: waiting, handed-off: inside-sales }'],
      'Here: handed-off and deal.',
    ],
    [
      'a deadline that never ends',
      ['agreement.yaml', 'ends: { converted: true }', 'ends: {}'],
      'meeting: booked; or any of several. Here: none.',
    ],
    [
      'contact of nobody',
      ['agreement.yaml', '[call, email, meeting], by: team', '[call, email, meeting]'],
      'says whose counts: by: team, or by: owner',
    ],
    [
      'a conversion by somebody',
      ['agreement.yaml', 'converted: true', 'converted: true, by: owner'],
      'A conversion counts whoever makes it.',
    ],
    ['no conversion', ['agreement.yaml', 'converted: true', 'converted: false'], '"converted" must be true.'],
    [
      'a waiting deal that a call would end',
      ['agreement.yaml', 'ends: { converted: true }', 'ends: { contact: [call], by: owner }'],
      'a call does not change that. Write ends: { converted: true }.',
    ],
    [
      'a deadline on deals that are never made',
      ['deal.yaml', '    salesforce: { when: any }', '    # salesforce: { when: any }'],
      'deal.yaml makes no opportunities, so no deal waits for one',
    ],
    [
      'a scope by company',
      ['contact.yaml', '  fields:', '  scope: { not: { field: company.industry, is: 教育 } }\n  fields:'],
      'A scope asks about fields of the person',
    ],
    [
      'a scope by deal',
      [
        'contact.yaml',
        '  fields:',
        '  scope: { any: [{ deal: open }, { field: hubspot.email, blank: false }] }\n  fields:',
      ],
      'A scope asks about fields of the person',
    ],
  ])('%s', (_, edit, message) => {
    const faults = faultsOf(edit);
    expect(faults.join('\n')).toContain(message);
    expect(faults).toHaveLength(1);
    for (const fault of faults) expect(fault).toMatch(/^mappings\/\w+\.yaml:\d+:\d+: /u);
  });

  test('a pipeline without record type stands for all of them, those of other pipelines included', () => {
    const named: Edit = [
      'deal.yaml',
      '  stage:',
      SECOND_PIPELINE.replace('stages', 'record-type: Renewal\n      stages'),
    ];
    expect(faultsOf(named).join()).toContain('nobody could tell whether its deal belongs to default');
  });

  test('what a broken company.yaml would have is not missed in the agreement', () => {
    const faults = faultsOf(
      ['company.yaml', 'clears: keep', 'claers: keep'],
      ['agreement.yaml', 'hubspot.industry', 'company.industry'],
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['mappings/company.yaml']);
  });
});

describe('what may be written otherwise', () => {
  test('several HubSpot stages for one stage, where one side decides', () => {
    const { policy } = edited(
      ['deal.yaml', STAGE, 'stage: { policy: salesforce }'],
      ['deal.yaml', 'presentationscheduled: 提案', 'presentationscheduled: 初回訪問'],
    );
    expect(policy.deal.stage).toEqual({ policy: 'salesforce', conflict: 'salesforce', first: 'salesforce' });
    expect(policy.deal.pipelines[0]?.stages['presentationscheduled']).toBe('初回訪問');
  });

  test('two pipelines, each with its record type; or for one, where no deals are made', () => {
    const own: Edit = [
      'deal.yaml',
      '  stage:',
      SECOND_PIPELINE.replace('stages', 'record-type: Renewal\n      stages'),
    ];
    const first: Edit = ['deal.yaml', '# record-type: New_Business', 'record-type: New_Business'];
    expect(edited(own, first).policy.deal.pipelines.map(({ recordType }) => recordType)).toEqual([
      'New_Business',
      'Renewal',
    ]);
    expect(
      edited(['deal.yaml', '  stage:', SECOND_PIPELINE], ['deal.yaml', '    hubspot: { when: any }', '']).policy.deal
        .create,
    ).toEqual({ salesforce: true, hubspot: false });
  });

  test('numbers of a company are compared as numbers, said or not', () => {
    const { company } = edited(['company.yaml', '        as: number,\n', '']).policy;
    expect(company.fields.find(({ name }) => name === 'numberofemployees')?.kind).toBe('number');
  });

  test('no amount, no reasons, no fields', () => {
    const { deal } = edited(
      ['deal.yaml', /\n {2}amount:.*/u, ''],
      ['deal.yaml', /\n {2}reasons:\n(?: {4}.*\n)+/u, '\n'],
      ['deal.yaml', /\n {2}fields:[^]*/u, '\n'],
    ).policy;
    expect(deal).toMatchObject({ amount: null, reasons: { won: null, lost: null }, fields: [] });
  });

  test('a HubSpot company is made where the rule says so', () => {
    const { company } = edited([
      'company.yaml',
      '  # create:\n  #   hubspot: { when: person-known }',
      '  create: { hubspot: { when: person-known } }',
    ]).policy;
    expect(company.createInHubSpot).toBe(true);
  });

  test('a criterion on the company, and a conversion that a hand-off asks for', () => {
    const { agreement } = edited(
      [
        'agreement.yaml',
        'field: hubspot.industry, is-any: [MANUFACTURING',
        'field: company.industry, is-any: [MANUFACTURING',
      ],
      ['agreement.yaml', 'starts: { deal: waiting }', 'starts: { handed-off: inside-sales }'],
    ).policy;
    expect(agreement.score.attribute[1]?.when).toMatchObject({ field: 'company.industry' });
    expect(agreement.deadlines[1]).toMatchObject({ starts: { handedOff: 'inside-sales' }, ends: { converted: true } });
  });
});
