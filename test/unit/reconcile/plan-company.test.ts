import { expect, test } from 'vitest';
import type { CompanyFacts } from '../../../src/domain/people/person.ts';
import type { LinkEvidence, Sighting } from '../../../src/domain/people/record.ts';
import { planCompany } from '../../../src/reconcile/plan-company.ts';
import { aDeal } from '../../support/deals.ts';
import { aContext, GO_LIVE, linkTo, NOW } from '../../support/people.ts';

const ID = 'company-salesforce-001000000000001AAA';
const seen = { createdAt: GO_LIVE, modifiedAt: GO_LIVE, seenAt: NOW, deleted: false };

function aCompany(key: string | null, evidence: LinkEvidence): CompanyFacts {
  const account: Sighting = {
    ...seen,
    record: { system: 'salesforce', object: 'Account', id: '001000000000001AAA' },
    values: { Name: '如月商店', IsPersonAccount: false },
  };
  const company: Sighting = {
    ...seen,
    record: { system: 'hubspot', object: 'companies', id: '7001' },
    values: { name: '如月商店', tasuki_key: key },
  };
  const links = [linkTo(account, ID), linkTo(company, ID, { evidence })];
  return { ...aDeal([account, company], { id: ID, links }), kind: 'company', tied: { hubspot: 1, salesforce: 1 } };
}

test.each<[string, string | null, LinkEvidence, string | null]>([
  ['a company that we made and whose key somebody emptied bears it again', null, 'created', ID],
  ['so does one in which somebody typed another', 'somebody', 'created', ID],
  ['one that bears it is left alone', ID, 'created', null],
  ['one that people made and that was found by its name bears none', null, 'name', null],
])('%s', (_, key, evidence, after) => {
  const { changes } = planCompany(aCompany(key, evidence), aContext());
  const written = changes.flatMap(({ steps }) => steps.flat().map((field) => [field.field, field.after]));
  expect(written).toEqual(after === null ? [] : [['tasuki_key', after]]);
});
