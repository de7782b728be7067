import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { callControl } from './call-control.ts';

type Row = Record<string, unknown>;

const START = Date.parse('2026-11-21T00:00:00Z');
const TARO = 'taro.suzuki@example.co.jp';

let sandbox: Sandbox;
const call = callControl(() => sandbox.control);

beforeAll(async () => {
  sandbox = await startSandbox({ people: 8, start: START, frozen: true });
});
beforeEach(() => call('POST', '/reset'));
afterAll(() => sandbox.close());

async function make(object: string, fields: Row): Promise<string> {
  const { body } = await call('POST', `/salesforce/${object}`, { fields });
  return (body as { id: string }).id;
}

const makeLead = (LastName: string): Promise<string> => make('Lead', { LastName, Company: '株式会社青葉' });

async function row(object: string, id: unknown): Promise<Row | undefined> {
  const rows = (await call('GET', `/state/salesforce/${object}`)).body as Row[];
  return rows.find(({ Id }) => Id === id);
}

async function taro(): Promise<unknown> {
  const users = (await call('GET', '/state/salesforce/User')).body as Row[];
  return users.find(({ Username }) => Username === TARO)?.['Id'];
}

test('a user converts a lead into an account, a contact and, if wanted, an opportunity', async () => {
  const id = await makeLead('田中');
  const opportunity = { Name: '青葉 導入', StageName: '提案', CloseDate: '2027-01-31' };
  const { status, body } = await call('POST', `/salesforce/Lead/${id}/convert`, { by: TARO, opportunity });
  const made = body as Row;
  expect(status).toBe(200);
  expect(await row('Lead', id)).toMatchObject({
    IsConverted: true,
    ConvertedAccountId: made['accountId'],
    ConvertedContactId: made['contactId'],
    ConvertedOpportunityId: made['opportunityId'],
  });
  expect(await row('Contact', made['contactId'])).toMatchObject({ LastName: '田中', CreatedById: await taro() });
  expect(await row('Opportunity', made['opportunityId'])).toMatchObject({
    ...opportunity,
    AccountId: made['accountId'],
  });
});

test('a lead is converted into an account that is there already, and without an opportunity', async () => {
  const accountId = await make('Account', { Name: '株式会社青葉' });
  const id = await makeLead('田中');
  const { body } = await call('POST', `/salesforce/Lead/${id}/convert`, { accountId, opportunity: null });
  expect(body).toEqual({ accountId, contactId: expect.any(String) as string, opportunityId: null });
});

test('a conversion that cannot be done says why: twice, an unknown option, an id that is none', async () => {
  const id = await makeLead('田中');
  const path = `/salesforce/Lead/${id}/convert`;
  expect((await call('POST', path, { opportunity: 'none' })).status).toBe(400);
  expect((await call('POST', path, { account: id })).status).toBe(400);
  expect(await call('POST', path, { accountId: 'x' })).toEqual({
    status: 400,
    body: { error: expect.stringContaining('wants the 15 or 18 characters of a record id') as string },
  });
  expect(await row('Lead', id)).toMatchObject({ IsConverted: false });
  expect((await call('POST', path, {})).status).toBe(200);
  expect((await call('POST', path, {})).status).toBe(400);
});

test('two leads are merged, and a deleted one comes back, each by the user named', async () => {
  const [winner, loser] = [await makeLead('田中'), await makeLead('田仲')];
  expect(await call('POST', `/salesforce/Lead/${winner}/merge`, { other: loser, by: TARO })).toEqual({
    status: 200,
    body: { id: winner },
  });
  expect(await row('Lead', loser)).toMatchObject({ IsDeleted: true, MasterRecordId: winner });
  expect(await row('Lead', winner)).toMatchObject({ LastModifiedById: await taro() });

  expect((await call('DELETE', `/salesforce/Lead/${winner}`)).status).toBe(204);
  expect((await call('POST', `/salesforce/Lead/${winner}/undelete`, { by: TARO })).status).toBe(204);
  expect(await row('Lead', winner)).toMatchObject({ IsDeleted: false, LastModifiedById: await taro() });
});

test('what is not in the bin does not come back, and a stranger merges nothing', async () => {
  const [a, b] = [await makeLead('田中'), await makeLead('田仲')];
  expect(await call('POST', `/salesforce/Lead/${a}/undelete`)).toEqual({
    status: 400,
    body: { error: expect.stringContaining('UNDELETE_FAILED') as string },
  });
  const stranger = await call('POST', `/salesforce/Lead/${a}/merge`, { other: b, by: 'nobody@example.co.jp' });
  expect(stranger).toEqual({ status: 400, body: { error: 'Salesforce has no user nobody@example.co.jp' } });
  expect((await call('POST', `/salesforce/Lead/${a}/merge`, {})).status).toBe(400);
  expect(await row('Lead', b)).toMatchObject({ IsDeleted: false });
});
