import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import {
  type Hit,
  partsOf,
  type Reply,
  type Script,
  type ScriptedOrg,
  scriptedOrg,
  token,
} from './salesforce/scripted-org.ts';
import { bareLibrary, ourConnector } from './salesforce/subjects.ts';
import { salesforceTraps } from './salesforce.ts';
import { BARE, type Trap } from './trap.ts';

const subject = BARE ? bareLibrary : ourConnector;

const orgs: ScriptedOrg[] = [];
afterEach(async () => {
  await Promise.all(orgs.splice(0).map((org) => org.close()));
});

async function org(script: Script = () => undefined): Promise<ScriptedOrg> {
  const opened = await scriptedOrg(script);
  orgs.push(opened);
  return opened;
}

function row(id: string): Trap {
  const found = salesforceTraps.find((trap) => trap.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}

/** A bare library may never settle: whatever it does, the test goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | 'still waiting'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'still waiting'>((resolve) => {
    timer = setTimeout(() => resolve('still waiting'), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What a describe does to a process of its own. */
async function probe(url: string, env: Record<string, string> = {}): Promise<string> {
  const script = fileURLToPath(new URL('./salesforce/probe.ts', import.meta.url));
  const child = spawn(process.execPath, [script, BARE ? 'bare' : 'ours', url], { env: { ...process.env, ...env } });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const end = new Promise<string>((resolve) =>
    child.once('exit', (code) => resolve(code === 0 ? said : `died with ${code}`)),
  );
  const result = await within(8_000, end);
  child.kill('SIGKILL');
  return result;
}

const isDescribe = ({ url }: Hit) => url.pathname.endsWith('/describe');
const isToken = ({ url }: Hit) => url.pathname.endsWith('/oauth2/token');
const expired: Reply = {
  status: 401,
  json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
};
const calls = ({ hits }: ScriptedOrg) => hits.filter((hit) => !isToken(hit));

it(row('cut-kills').test, async () => {
  const { url } = await org((hit) => (isDescribe(hit) ? 'cut' : undefined));
  expect(await probe(url)).toBe('failed');
});

it(row('stall-hangs').test, async () => {
  const { url } = await org((hit) => (isDescribe(hit) ? 'stall' : undefined));
  expect(await probe(url)).toBe('failed');
});

it(row('silence-hangs').test, async () => {
  const { url } = await org((hit) => (isDescribe(hit) ? 'silence' : undefined));
  expect(await probe(url)).toBe('failed');
});

it(row('proxy-everywhere').test, async () => {
  const { url } = await org();
  const nowhere = 'http://127.0.0.1:9';
  expect(await probe(url, { http_proxy: nowhere, HTTP_PROXY: nowhere, no_proxy: '127.0.0.1' })).toBe('answered');
});

it(row('impatient-retry').test, async () => {
  const busy: Reply = { status: 503, text: 'busy', headers: { 'retry-after': '2' } };
  const opened = await org((hit, nth) => (isDescribe(hit) && nth === 2 ? busy : undefined));
  const tried = subject(opened.url);
  await within(5_000, tried.describe());
  const [first, second] = opened.hits.filter(isDescribe);
  const waited = tried.slept() ?? (second?.at ?? 0) - (first?.at ?? 0);
  expect(waited).toBeGreaterThanOrEqual(2_000);
});

it(row('broken-json').test, async () => {
  const { url } = await org((hit) => (isDescribe(hit) ? { text: '{"fields":[{"name"' } : undefined));
  await expect(within(3_000, subject(url).describe())).rejects.toThrow();
});

it(row('untyped-json').test, async () => {
  const described = { name: 'Contact', fields: [] };
  const { url } = await org((hit) => (isDescribe(hit) ? { json: described, headers: {} } : undefined));
  expect(await within(3_000, subject(url).describe())).toMatchObject({ fields: [] });
});

it(row('refresh-loop').test, async () => {
  const enough: Reply = { status: 403, json: [{ errorCode: 'STOP', message: 'enough' }] };
  const opened = await org((hit, nth) => (isDescribe(hit) ? (nth > 60 ? enough : expired) : undefined));
  await expect(within(5_000, subject(opened.url).describe())).rejects.toThrow();
  expect(opened.hits.filter(isDescribe)).toHaveLength(2);
});

it(row('refresh-throws').test, async () => {
  let logins = 0;
  const refused: Reply = { status: 400, json: { error: 'invalid_grant', error_description: 'user is inactive' } };
  const { url } = await org((hit) => {
    if (isDescribe(hit)) return expired;
    logins += 1;
    return logins > 1 ? refused : undefined;
  });
  expect(await probe(url)).toBe('failed');
});

it(row('old-instance').test, async () => {
  const moved = await org();
  let logins = 0;
  const old = await org((hit, nth) => {
    if (isDescribe(hit)) return nth > 20 ? { status: 410, json: [{ errorCode: 'GONE', message: 'gone' }] } : expired;
    logins += 1;
    return logins > 1 ? { json: token(moved.url) } : undefined;
  });
  await within(5_000, subject(old.url).describe()).catch(() => {});
  expect(moved.hits.filter(isDescribe)).toHaveLength(1);
});

it(row('token-abroad').test, async () => {
  const elsewhere = await org();
  const location = `${elsewhere.url}/services/data/v68.0/sobjects/Contact/describe`;
  const { url } = await org((hit) => (isDescribe(hit) ? { status: 302, headers: { location } } : undefined));
  await within(5_000, subject(url).describe()).catch(() => {});
  expect(elsewhere.hits).toHaveLength(0);
});

it(row('token-in-url').test, async () => {
  const opened: ScriptedOrg = await org(({ url: { pathname, origin } }) => {
    if (/\/v[\d.]+\/?$/.test(pathname)) return { json: { identity: `${origin}/id/00D/005` } };
    const who = { user_id: '0055g000004TasuAAC', organization_id: '00D5g000001TasuEAC' };
    return pathname.startsWith('/id/') || pathname.endsWith('/userinfo') ? { json: who } : undefined;
  });
  await within(5_000, subject(opened.url).identity());
  expect(calls(opened)).not.toHaveLength(0);
  expect(opened.hits.filter(({ url }) => decodeURIComponent(url.search).includes('00D5g000001Tasu!'))).toEqual([]);
});

it(row('old-version').test, async () => {
  const opened = await org();
  await within(5_000, subject(opened.url).describe());
  expect(calls(opened).map(({ url }) => url.pathname)).toEqual([expect.stringContaining('/v68.0/')]);
});

it(row('ten-thousand').test, async () => {
  const { url } = await org(twelveThousandLeads);
  expect(await within(10_000, subject(url).countByReading())).toBe(12_000);
});

/** 12,000 Leads in pages of 2,000, for those who follow locators and for those who follow keys. */
function twelveThousandLeads({ url }: Hit): Reply | undefined {
  const soql = url.searchParams.get('q');
  const locator = /\/query\/01g-(\d+)$/.exec(url.pathname)?.[1];
  if (soql === null && locator === undefined) return undefined;
  const behind = /Id > '00Q(\d{12})/.exec(soql ?? '')?.[1];
  const start = locator !== undefined ? Number(locator) : behind === undefined ? 0 : Number(behind) + 1;
  const stamp = '2026-11-20T00:00:00.000+0000';
  const records = Array.from({ length: Math.min(2_000, 12_000 - start) }, (_, i) => {
    return {
      Id: `00Q${String(start + i).padStart(12, '0')}`,
      CreatedDate: stamp,
      SystemModstamp: stamp,
      IsDeleted: false,
    };
  });
  const end = start + records.length;
  const limited = soql?.includes('LIMIT') === true;
  const more = !limited && end < 12_000;
  return {
    json: {
      totalSize: 12_000,
      done: !more,
      records,
      ...(more ? { nextRecordsUrl: `/services/data/v68.0/query/01g-${end}` } : {}),
    },
  };
}

it(row('bare-errors').test, async () => {
  const { url } = await org((hit) =>
    isDescribe(hit) ? { status: 429, text: '[]', headers: { 'retry-after': '600' } } : undefined,
  );
  const failure = await within(
    3_000,
    subject(url)
      .describe()
      .catch((error: unknown) => error),
  );
  expect(failure).toMatchObject({ waitMs: 600_000 });
});

/** Answers a collection with one result for each record it carries. */
function collection(result: (record: Record<string, unknown>, i: number) => object): Script {
  return ({ url, body }) => {
    if (!url.pathname.includes('/composite/sobjects')) return undefined;
    const { records } = JSON.parse(body) as { records: Record<string, unknown>[] };
    return { json: records.map(result) };
  };
}
const IDS = Array.from({ length: 250 }, (_, i) => `00Q5g0000${String(i).padStart(6, '0')}`);
const saved = collection((_, i) => ({ id: IDS[i], success: true, errors: [], created: true }));
const recordsIn = ({ body }: Hit) => (JSON.parse(body) as { records?: Record<string, unknown>[] }).records ?? [];

it(row('status-code').test, async () => {
  const tooLong = { statusCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Title'] };
  const { url } = await org(collection(() => ({ success: false, errors: [tooLong] })));
  expect(await subject(url).update(IDS.slice(0, 2))).toEqual(['STRING_TOO_LONG', 'STRING_TOO_LONG']);
});

/** A single upsert, whatever came of its key in the path. */
const single: Script = ({ url }) =>
  url.pathname.includes('/sobjects/Lead/Tasuki_Key__c/') ? { status: 204, text: '' } : undefined;

it(row('key-in-path').test, async () => {
  const opened = await org((hit, nth) => saved(hit, nth) ?? single(hit, nth));
  await subject(opened.url).upsert(['a/b?c']);
  const keys = calls(opened).map(
    (hit) => recordsIn(hit)[0]?.['Tasuki_Key__c'] ?? decodeURIComponent(hit.url.pathname.split('/').at(-1) ?? ''),
  );
  expect(keys).toEqual(['a/b?c']);
});

it(row('over-200').test, async () => {
  const opened = await org(saved);
  await subject(opened.url)
    .update(IDS)
    .catch(() => {});
  expect(calls(opened).filter((hit) => recordsIn(hit).length > 200)).toEqual([]);
});

it(row('same-key-twice').test, async () => {
  const opened = await org(saved);
  await subject(opened.url).upsert(['k1', 'k1', 'k2']);
  expect(calls(opened).map((hit) => recordsIn(hit).map((record) => record['Tasuki_Key__c']))).toEqual([['k1', 'k2']]);
});

it(row('assignment-rules').test, async () => {
  const opened = await org(saved);
  await subject(opened.url).update(IDS.slice(0, 1));
  expect(calls(opened).map(({ headers }) => headers['sforce-auto-assign'])).toEqual(['FALSE']);
});

it(row('alert-rules').test, async () => {
  const opened = await org(saved);
  await subject(opened.url).update(IDS.slice(0, 1));
  expect(calls(opened).map(({ headers }) => headers['sforce-duplicate-rule-header'])).toEqual([
    expect.stringContaining('allowSave=true'),
  ]);
});

const nothing: Script = ({ url }) =>
  url.searchParams.has('q') ? { json: { totalSize: 0, done: true, records: [] } } : undefined;
const soqlIn = ({ hits }: ScriptedOrg) => hits.flatMap(partsOf).flatMap(({ url }) => url.searchParams.get('q') ?? []);

it(row('date-in-query').test, async () => {
  const opened = await org(nothing);
  await subject(opened.url).findSince(new Date('2026-11-20T07:03:05.250Z'));
  expect(soqlIn(opened)).toEqual([expect.stringContaining('SystemModstamp >= 2026-11-20T07:03:05Z')]);
});

it(row('backslash').test, async () => {
  const opened = await org(nothing);
  await subject(opened.url).findByKey('株式会社\\');
  expect(soqlIn(opened)).toEqual([expect.stringContaining("'株式会社\\\\'")]);
});

it(row('long-lists').test, async () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `00Q5g0000${String(i).padStart(6, '0')}`);
  const stamp = '2026-11-20T00:00:00.000+0000';
  const lead = (Id: string) => ({ Id, CreatedDate: stamp, SystemModstamp: stamp, IsDeleted: false });
  const { url } = await org((hit) => {
    if (hit.url.href.length > 16_384)
      return { status: 414, json: [{ errorCode: 'URI_TOO_LONG', message: 'too long' }] };
    if (hit.url.pathname.endsWith('/composite/sobjects/Lead'))
      return { json: (JSON.parse(hit.body) as { ids: string[] }).ids.map(lead) };
    return hit.url.searchParams.has('q')
      ? { json: { totalSize: 1_000, done: true, records: ids.map(lead) } }
      : undefined;
  });
  expect(await subject(url).readIds(ids)).toBe(1_000);
});

it(row('short-ids').test, async () => {
  const message = 'duplicate value found: Tasuki_Key__c duplicates value on record with id: 00Q5g00000AAAAB';
  const { url } = await org(
    collection(() => ({ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }] })),
  );
  expect(await subject(url).holderOf('00Q5g00000AAAAA')).toBe('00Q5g00000AAAABEA5');
});

it(row('composite-part').test, async () => {
  const stamp = '2026-11-20T00:00:00.000+0000';
  const lead = { Id: '00Q5g00000AAAAAEA5', CreatedDate: stamp, SystemModstamp: stamp, IsDeleted: false };
  const refused: Reply = { status: 403, json: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' }] };
  const { url } = await org(({ url }) => {
    const soql = url.searchParams.get('q');
    if (soql === null) return undefined;
    return soql.includes('FROM Opportunity') ? refused : { json: { totalSize: 1, done: true, records: [lead] } };
  });
  expect(await subject(url).rowsOf(['Opportunity', 'Lead'])).toEqual({ rows: { Lead: 1 }, refusal: expect.any(Error) });
});

it(row('set-once').test, async () => {
  const Id = '0065g00000AAAAAAA5';
  const closed = { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: 'ContactId', fields: ['ContactId'] };
  const contactId = { name: 'ContactId', label: 'ContactId', type: 'reference', createable: true, updateable: false };
  const answer = collection((record) =>
    'ContactId' in record ? { success: false, errors: [closed] } : { id: Id, success: true, errors: [] },
  );
  const { url } = await org((hit, nth) => {
    if (hit.url.searchParams.has('q'))
      return { json: { totalSize: 1, done: true, records: [{ Id, Tasuki_Key__c: 'd1' }] } };
    return isDescribe(hit) ? { json: { fields: [contactId] } } : answer(hit, nth);
  });
  expect(await subject(url).upsertDeal('d1', '0035g00000AAAAAAA5')).toBe('ok');
});
