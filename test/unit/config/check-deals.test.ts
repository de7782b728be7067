import { describe, expect, test } from 'vitest';
import { checkPolicyAgainst } from '../../../src/domain/check-policy.ts';
import type { ObjectSchema } from '../../../src/domain/people/record.ts';
import { picklist, schemas, without } from './sample-schemas.ts';
import { defaults, type Edit, edited } from './written.ts';

const told = (given: readonly ObjectSchema[], ...edits: readonly Edit[]) =>
  checkPolicyAgainst((edits.length === 0 ? defaults() : edited(...edits)).policy, given).map(
    ({ at, message }) => `${at}: ${message}`,
  );

describe('company.yaml', () => {
  test('a property or field that does not exist', () => {
    expect(told(schemas(), ['company.yaml', 'salesforce: Website', 'salesforce: Web_Site'])).toEqual([
      'mappings/company.yaml:20: Salesforce has no field on Account called `Web_Site`. Did you mean `Website`? If it exists, Tasuki lacks the permission to see it.',
    ]);
    expect(told(schemas(), ['company.yaml', 'hubspot: website', 'hubspot: websiet'])[0]).toContain(
      'HubSpot has no company property `websiet`. Did you mean `website`?',
    );
  });

  test('an account that may not be written, where the policy writes it', () => {
    expect(told(schemas(['Account', 'Phone', { writable: false }]))).toEqual([
      expect.stringContaining('Salesforce (Account) lets nobody write `Phone`'),
    ]);
    const edit: Edit = [
      'company.yaml',
      'hubspot: name, salesforce: Name, policy: fill-blank',
      'hubspot: name, salesforce: Name, policy: salesforce',
    ];
    expect(told(schemas(['Account', 'Name', { writable: false }]), edit)).toEqual([]);
  });

  test('a roll-up as a source', () => {
    expect(told(schemas(['Account', 'NumberOfEmployees', { calculated: true, writable: false }]))).toEqual([
      expect.stringContaining('Salesforce (Account) works `NumberOfEmployees`'),
    ]);
  });

  test('companies or accounts that cannot be seen are not judged: they are read where they can be', () => {
    expect(told(without(schemas(), 'companies', 'Account'))).toEqual([]);
  });
});

describe('deal.yaml', () => {
  const stage = (from: string, to: string): Edit => ['deal.yaml', from, to];

  test('a pipeline by its label is as good as by its id', () => {
    expect(told(schemas(), stage('hubspot: default', 'hubspot: セールスパイプライン'))).toEqual([]);
  });

  test('a pipeline that the portal does not have', () => {
    expect(told(schemas(), stage('hubspot: default', 'hubspot: defualt'))).toEqual([
      'mappings/deal.yaml:14: HubSpot has no deal pipeline `defualt`. Did you mean `default`?',
    ]);
    expect(told(schemas(), stage('hubspot: default', 'hubspot: 新規'))[0]).toContain(
      'There are: セールスパイプライン (default), 更新パイプライン (77).',
    );
  });

  test('a stage that its pipeline does not have, though another pipeline may', () => {
    expect(told(schemas(), stage('contractsent: 交渉', 'contractsend: 交渉'))).toEqual([
      "mappings/deal.yaml:14: HubSpot's pipeline セールスパイプライン has no stage `contractsend`. Did you mean `contractsent`?",
    ]);
    expect(told(schemas(), stage('contractsent: 交渉', '更新: 交渉'))[0]).toContain('has no stage `更新`. There are: ');
    expect(told(schemas(), stage('contractsent: 交渉', '契約書送付済み: 交渉'))).toEqual([]);
  });

  test('a stage by its id and by its label is one stage', () => {
    expect(told(schemas(), stage('presentationscheduled: 提案', '契約書送付済み: 提案'))).toEqual([
      'mappings/deal.yaml:14: The stages 契約書送付済み and contractsent are one stage in HubSpot. Write each stage once.',
    ]);
  });

  test('a StageName that the organisation does not have, or no longer', () => {
    expect(told(schemas(), stage('contractsent: 交渉', 'contractsent: 交渉中'))[0]).toContain(
      'mappings/deal.yaml:14: `StageName` in Salesforce (Opportunity) has no value `交渉中`.',
    );
    const retired = schemas().map((schema) => ({
      ...schema,
      fields: schema.fields.map((field) =>
        field.name === 'StageName'
          ? {
              ...field,
              options: field.options?.map((option) => ({ ...option, active: option.value !== '交渉' })) ?? [],
            }
          : field,
      ),
    }));
    expect(told(retired)[0]).toContain('has no value `交渉`');
  });

  test('a stage that closes the deal beside one that leaves it open', () => {
    expect(
      told(schemas(), stage('contractsent: 交渉', 'contractsent: 受注'), stage('closedwon: 受注', 'closedwon: 交渉')),
    ).toEqual([
      'mappings/deal.yaml:14: contractsent is open in HubSpot, `受注` is closed in Salesforce. Map open stages to open ones and closed stages to closed ones.',
      'mappings/deal.yaml:14: closedwon is closed in HubSpot, `交渉` is open in Salesforce. Map open stages to open ones and closed stages to closed ones.',
    ]);
  });

  test('a record type that the organisation does not have', () => {
    expect(told(schemas(), stage('# record-type: New_Business', 'record-type: New_Business'))).toEqual([]);
    expect(told(schemas(), stage('# record-type: New_Business', 'record-type: New_Bussiness'))).toEqual([
      'mappings/deal.yaml:14: Salesforce (Opportunity) has no record type `New_Bussiness`. Did you mean `New_Business`?',
    ]);
  });

  test('a stage that may not be written', () => {
    expect(told(schemas(['deals', 'dealstage', { writable: false }]))).toEqual([
      expect.stringContaining('HubSpot lets nobody write `dealstage`'),
    ]);
    expect(
      told(
        schemas(['deals', 'dealstage', { writable: false }]),
        stage('stage: { policy: two-way, conflict: salesforce, first: salesforce }', 'stage: { policy: hubspot }'),
        stage('    hubspot: { when: any }', '    # hubspot: { when: any }'),
      ),
    ).toEqual([]);
  });

  test('an amount in a currency that one side does not have', () => {
    expect(told(schemas(), stage('currency: JPY', 'currency: JPX'))).toEqual([
      'mappings/deal.yaml:29: HubSpot has no active currency `JPX`. Did you mean `JPY`?',
    ]);
    const multi = schemas(['Opportunity', 'CurrencyIsoCode', picklist('CurrencyIsoCode', ['EUR'])]);
    expect(told(multi)).toEqual(['mappings/deal.yaml:29: Salesforce has no active currency `JPY`. It has: EUR.']);
  });

  test('an amount or a close date that may not be written', () => {
    expect(told(schemas(['Opportunity', 'Amount', { writable: false }]))).toEqual([
      expect.stringMatching(/^mappings\/deal\.yaml:29: Salesforce \(Opportunity\) lets nobody write `Amount`/u),
    ]);
    expect(told(schemas(['deals', 'closedate', { writable: false }]))).toEqual([
      expect.stringMatching(/^mappings\/deal\.yaml:31: HubSpot lets nobody write `closedate`/u),
    ]);
  });

  test('a reason that stands in no field, or in a formula', () => {
    expect(told(schemas(['Opportunity', 'Loss_Reason__c', null]))[0]).toContain(
      'Salesforce has no field on Opportunity called `Loss_Reason__c`.',
    );
    expect(told(schemas(['Opportunity', 'Loss_Reason__c', { calculated: true }]))[0]).toContain(
      'works `Loss_Reason__c` (Loss_Reason__c) out from other fields',
    );
  });

  test('a field that a new opportunity cannot do without', () => {
    const wants = schemas(['Opportunity', 'Region__c', { requiredOnCreate: true }]);
    expect(told(wants)).toEqual([expect.stringContaining('makes no Opportunity without `Region__c`')]);
    const made = '    salesforce: { when: any }';
    expect(told(wants, stage(made, `#${made}`), ['agreement.yaml', CONVERT, ''])).toEqual([]);
    expect(told(schemas(['Opportunity', 'Description', { requiredOnCreate: true }]))).toEqual([]);
  });

  test('deals that cannot be seen, though they are to be written', () => {
    expect(told(without(schemas(), 'Opportunity'))).toEqual([
      'mappings/deal.yaml: Salesforce shows Tasuki no opportunities, but they are to be written there. Run "tasuki setup", which grants access to them, or remove deal.yaml.',
    ]);
    expect(told(without(schemas(), 'deals'))).toEqual([
      expect.stringContaining('mappings/deal.yaml: HubSpot shows Tasuki no deals'),
    ]);
  });

  test('deals that cannot be seen, and are only read', () => {
    const oneWay = [
      stage('stage: { policy: two-way, conflict: salesforce, first: salesforce }', 'stage: { policy: salesforce }'),
      stage('amount: { policy: two-way, conflict: salesforce, first: salesforce,', 'amount: { policy: salesforce,'),
      stage(
        'close-date: { policy: two-way, conflict: salesforce, first: salesforce }',
        'close-date: { policy: salesforce }',
      ),
      stage('    salesforce: { when: any }', '    # salesforce: { when: any }'),
      stage('policy: two-way, first: salesforce, conflict: salesforce, clears: keep }', 'policy: salesforce }'),
      stage('policy: fill-blank', 'policy: salesforce'),
      stage('policy: fill-blank', 'policy: salesforce'),
      ['agreement.yaml', CONVERT, ''],
    ] as const;
    expect(told(without(schemas(), 'Opportunity'), ...oneWay)).toEqual([]);
  });

  test('while one system is looked at, the other is not said to hide anything', () => {
    expect(told(schemas().filter(({ system }) => system === 'hubspot'))).toEqual([]);
    expect(told(schemas().filter(({ system }) => system === 'salesforce'))).toEqual([]);
  });

  test('without deal.yaml nothing is asked of deals', () => {
    const policy = edited(['agreement.yaml', CONVERT, ''], ['deal.yaml', null]).policy;
    expect(checkPolicyAgainst(policy, without(schemas(), 'deals', 'Opportunity'))).toEqual([]);
  });
});

/** The deadline that leans on deal.yaml. */
const CONVERT = /\n {2}convert:\n(?: {4}.*\n)+/u;
