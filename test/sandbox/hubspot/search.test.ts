import { expect, test } from 'vitest';
import { type Opened, openPortal, START } from './open-portal.ts';

type Filter = { propertyName: string; operator: string; value?: unknown; highValue?: unknown; values?: unknown[] };

async function found({ search }: Opened, ...filters: Filter[]): Promise<(string | null | undefined)[]> {
  const { body } = await search({ filterGroups: [{ filters }], properties: ['lastname'], limit: 100 });
  return body.results.map((record) => record.properties['lastname']);
}

function people(): Opened {
  const opened = openPortal();
  const { portal } = opened;
  portal.defineProperty({ name: 'seats', label: '席数', type: 'number' });
  const seed = (values: Record<string, unknown>, day: number) =>
    portal.seed('contacts', values, START - day * 86_400_000);
  seed({ lastname: '佐藤', email: 'Sato@example.co.jp', company: 'Acme Tokyo KK', seats: 9, industry: 'BANKING' }, 3);
  seed({ lastname: '鈴木', email: 'suzuki@example.com', company: 'acme osaka', seats: 10, industry: 'RETAIL' }, 2);
  seed({ lastname: '高橋', email: 'takahashi@example.co.jp', seats: 100 }, 1);
  return opened;
}

test('text is compared without case, options with case', async () => {
  const opened = people();
  expect(await found(opened, { propertyName: 'email', operator: 'EQ', value: 'SATO@EXAMPLE.CO.JP' })).toEqual(['佐藤']);
  expect(await found(opened, { propertyName: 'industry', operator: 'EQ', value: 'BANKING' })).toEqual(['佐藤']);
  expect(await found(opened, { propertyName: 'industry', operator: 'EQ', value: 'banking' })).toEqual([]);
});

test('IN on text finds only values sent in lower case', async () => {
  const opened = people();
  const among = (...values: string[]) => found(opened, { propertyName: 'email', operator: 'IN', values });
  expect(await among('sato@example.co.jp', 'suzuki@example.com')).toEqual(['佐藤', '鈴木']);
  expect(await among('Sato@example.co.jp', 'SUZUKI@example.com')).toEqual([]);
  const options = { propertyName: 'industry', operator: 'IN', values: ['BANKING', 'RETAIL'] };
  expect(await found(opened, options)).toEqual(['佐藤', '鈴木']);
  const others = { propertyName: 'email', operator: 'NOT_IN', values: ['sato@example.co.jp'] };
  expect(await found(opened, others)).toEqual(['鈴木', '高橋']);
});

test('numbers are compared as numbers', async () => {
  const opened = people();
  const seats = (operator: string, more: Partial<Filter>) =>
    found(opened, { propertyName: 'seats', operator, ...more });
  expect(await seats('GT', { value: '9' })).toEqual(['鈴木', '高橋']);
  expect(await seats('GTE', { value: 10 })).toEqual(['鈴木', '高橋']);
  expect(await seats('LT', { value: '10' })).toEqual(['佐藤']);
  expect(await seats('LTE', { value: '10' })).toEqual(['佐藤', '鈴木']);
  expect(await seats('EQ', { value: '100' })).toEqual(['高橋']);
  expect(await seats('NEQ', { value: '100' })).toEqual(['佐藤', '鈴木']);
  expect(await seats('BETWEEN', { value: '10', highValue: '100' })).toEqual(['鈴木', '高橋']);
  expect(await seats('IN', { values: ['9', '100'] })).toEqual(['佐藤', '高橋']);
});

test('tokens are whole words, with an asterisk for the rest', async () => {
  const opened = people();
  const token = (propertyName: string, value: string, operator = 'CONTAINS_TOKEN') =>
    found(opened, { propertyName, operator, value });
  expect(await token('company', 'ACME')).toEqual(['佐藤', '鈴木']);
  expect(await token('company', 'acme tokyo')).toEqual(['佐藤']);
  expect(await token('company', 'acm')).toEqual([]);
  expect(await token('company', 'acm*')).toEqual(['佐藤', '鈴木']);
  expect(await token('email', '*@example.co.jp')).toEqual(['佐藤', '高橋']);
  expect(await token('company', 'tokyo', 'NOT_CONTAINS_TOKEN')).toEqual(['鈴木']);
});

test('records without a value are found by NOT_HAS_PROPERTY alone', async () => {
  const opened = people();
  expect(await found(opened, { propertyName: 'company', operator: 'NOT_HAS_PROPERTY' })).toEqual(['高橋']);
  expect(await found(opened, { propertyName: 'company', operator: 'HAS_PROPERTY' })).toEqual(['佐藤', '鈴木']);
  expect(await found(opened, { propertyName: 'company', operator: 'NEQ', value: 'x' })).toEqual(['佐藤', '鈴木']);
});

test('filters of a group must all hold, of several groups one must; bare filters are a group', async () => {
  const { search } = people();
  const bank = { propertyName: 'industry', operator: 'EQ', value: 'BANKING' };
  const big = { propertyName: 'seats', operator: 'GTE', value: '10' };
  const total = async (body: unknown) => (await search(body)).body.total;
  expect(await total({ filterGroups: [{ filters: [bank, big] }] })).toBe(0);
  expect(await total({ filterGroups: [{ filters: [bank] }, { filters: [big] }] })).toBe(3);
  expect(await total({ filters: [big] })).toBe(2);
  expect(await total({ query: 'acme' })).toBe(2);
});

test('dates in filters may be milliseconds or ISO; without a sort the oldest record comes first', async () => {
  const opened = people();
  const since = START - 2 * 86_400_000;
  for (const value of [String(since), since, new Date(since).toISOString()]) {
    expect(await found(opened, { propertyName: 'lastmodifieddate', operator: 'GTE', value })).toEqual(['鈴木', '高橋']);
  }
  const window = { propertyName: 'createdate', operator: 'BETWEEN', value: since, highValue: since + 1 };
  expect(await found(opened, window)).toEqual(['鈴木']);
});

test('one sort, in three spellings, and pages by offset', async () => {
  const { search } = people();
  const order = async (sort: unknown) =>
    (await search({ sorts: [sort] })).body.results.map((record) => record.properties['lastname']);
  expect(await order({ propertyName: 'lastmodifieddate', direction: 'DESCENDING' })).toEqual(['高橋', '鈴木', '佐藤']);
  expect(await order('seats')).toEqual(['佐藤', '鈴木', '高橋']);
  expect(await order('-hs_object_id')).toEqual(['高橋', '鈴木', '佐藤']);
  expect((await search({ sorts: ['seats', 'email'] })).status).toBe(400);
  const first = await search({ limit: '2' });
  expect([first.body.total, first.body.results.length, first.body.paging]).toEqual([3, 2, { next: { after: '2' } }]);
  const second = await search({ limit: 2, after: first.body.paging?.next.after });
  expect([second.body.results.length, second.body.paging]).toEqual([1, undefined]);
});

test('an unknown property or operator is refused', async () => {
  const { search } = people();
  const status = async (propertyName: string, operator: string) =>
    (await search({ filters: [{ propertyName, operator, value: '1' }] })).status;
  expect(await status('no_such', 'EQ')).toBe(400);
  expect(await status('email', 'LIKE')).toBe(400);
});

test('a written record is read at once but found by search only after its delay, within 1 to 30 s', async () => {
  const opened = openPortal({ switches: { searchLag: { minMs: 1_000, maxMs: 30_000 } } });
  const { call, create, kernel, search } = opened;
  for (let count = 0; count < 60; count += 1) await create({ lastname: String(count) });
  expect((await call('GET', '/crm/v3/objects/contacts?limit=100')).body.results).toHaveLength(60);
  const total = async () => (await search({})).body.total;
  kernel.clock.advance(999);
  expect(await total()).toBe(0);
  kernel.clock.advance(14_000);
  const halfway = await total();
  expect([halfway > 10, halfway < 50]).toEqual([true, true]);
  kernel.clock.advance(15_001);
  expect(await total()).toBe(60);
});

test('search shows a changed record as it was until its delay is over', async () => {
  const opened = openPortal({ switches: { searchLag: { minMs: 5_000, maxMs: 5_000 } } });
  const id = opened.portal.seed('contacts', { lastname: '旧姓' }, START - 1_000);
  await opened.call('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { lastname: '新姓' } });
  const everyone = { propertyName: 'lastname', operator: 'HAS_PROPERTY' };
  expect(await found(opened, everyone)).toEqual(['旧姓']);
  opened.kernel.clock.advance(5_000);
  expect(await found(opened, everyone)).toEqual(['新姓']);
});

const overtakes = async (searchOutOfOrder: boolean) => {
  const lag = { searchLag: { minMs: 0, maxMs: 30_000 }, searchOutOfOrder };
  const { create, kernel, search } = openPortal({ switches: lag });
  const written: string[] = [];
  for (let count = 0; count < 30; count += 1) written.push(await create({}));
  for (let second = 0; second < 30; second += 1) {
    const { body } = await search({ sorts: ['hs_object_id'], limit: 100 });
    const visible = body.results.map((record) => record.id);
    if (visible.join() !== written.slice(0, visible.length).join()) return true;
    kernel.clock.advance(1_000);
  }
  return false;
};

test('records may become visible in another order than they were written, unless the portal keeps the order', async () => {
  expect([await overtakes(true), await overtakes(false)]).toEqual([true, false]);
});

test('a slow old version never hides a newer one', async () => {
  const { call, create, kernel, search, portal } = openPortal({
    switches: { searchLag: { minMs: 30_000, maxMs: 30_000 } },
  });
  const id = await create({ lastname: '一' });
  portal.switches.searchLag = { minMs: 0, maxMs: 0 };
  await call('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { lastname: '二' } });
  expect((await search({})).body.results[0]?.properties['lastname']).toBe('二');
  kernel.clock.advance(30_000);
  expect((await search({})).body.results[0]?.properties['lastname']).toBe('二');
});

test('an archived record vanishes from search as late as any other change, and so does the total', async () => {
  const { call, kernel, portal, search } = openPortal({ switches: { searchLag: { minMs: 5_000, maxMs: 5_000 } } });
  const id = portal.seed('contacts', { lastname: '佐藤' }, START);
  await call('DELETE', `/crm/v3/objects/contacts/${id}`);
  expect((await search({})).body.total).toBe(1);
  kernel.clock.advance(5_000);
  expect((await search({})).body.total).toBe(0);
});
