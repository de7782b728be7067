import { readFile } from 'node:fs/promises';
import { Client } from '@hubspot/api-client';
import { Connection } from 'jsforce';
import type { Taped } from './company.ts';
import type { Urls } from './company-process.ts';
import { type Taken, timed } from './stopwatch.ts';

/** What one step's calls cost the bare libraries. */
export type BareStep = Taken & { readonly step: string; readonly calls: number; readonly failed: number };

/**
 * Makes the calls of a tape once more, in their order, with nothing but the two client libraries, on a company that is as the first one
 * was: the same reads and writes, and nothing thought about or kept. What a script of one afternoon would cost.
 */
export async function runBare(file: string, urls: Urls): Promise<readonly BareStep[]> {
  const tape = JSON.parse(await readFile(file, 'utf8')) as readonly Taped[];
  const hubspot = hubSpotDoor(urls.hubspot);
  const salesforce = await salesforceDoor(urls.salesforce);
  const steps: BareStep[] = [];
  for (const [step, requests] of Map.groupBy(tape, (request) => request.step)) {
    const calls = requests.filter(({ path }) => !path.includes('/oauth2/'));
    const { result, taken } = await timed(step, async () => {
      let failed = 0;
      for (const request of calls) {
        const door = request.system === 'hubspot' ? hubspot : salesforce;
        await door(request).catch(() => {
          failed += 1;
        });
      }
      return failed;
    });
    steps.push({ step, calls: calls.length, failed: result, ...taken });
  }
  return steps;
}

type Door = (request: Taped) => Promise<unknown>;

/** The client with its own pace and repetitions out of the way. */
function hubSpotDoor(basePath: string): Door {
  const limiterOptions = { minTime: 0, maxConcurrent: 6 };
  const client = new Client({ accessToken: 'pat-na1-sandbox', basePath, limiterOptions, numberOfApiCallRetries: 0 });
  const { basicApi, batchApi, searchApi } = client.crm.objects;
  return async ({ method, path, query, body }) => {
    const [, object = '', act = ''] = /^\/crm\/v3\/objects\/([^/]+)(?:\/(.+))?$/u.exec(path) ?? [];
    if (method === 'GET' && object !== '' && act === '') {
      const { limit, after, properties, associations, archived } = query;
      const asked = [Number(limit), one(after), list(properties), undefined, list(associations), archived === 'true'];
      return await basicApi.getPage(object, ...(asked as [number]));
    }
    if (act === 'search') return await searchApi.doSearch(object, body as never);
    if (act === 'batch/read') return await batchApi.read(object, body as never);
    if (act === 'batch/update') return await batchApi.update(object, body as never);
    if (act === 'batch/upsert') return await batchApi.upsert(object, body as never);
    if (act === 'batch/create') return await batchApi.create(object, body as never);
    const sent = body === undefined ? {} : { body };
    const answer = await client.apiRequest({ method, path, qs: query, ...sent });
    return await answer.text();
  };
}

type Written = { readonly id?: string; readonly attributes: { readonly type: string } };

async function salesforceDoor(loginUrl: string): Promise<Door> {
  const oauth2 = { loginUrl, clientId: 'tasuki-sandbox', clientSecret: 'sandbox-secret' };
  const connection = new Connection({ version: '68.0', oauth2 });
  await connection.authorize({ grant_type: 'client_credentials' });
  const headers = { 'Sforce-Auto-Assign': 'FALSE', 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
  const options = { allOrNone: false, headers };
  return async ({ method, path, query, body }) => {
    const [, object, key] = /\/composite\/sobjects(?:\/([^/]+))?(?:\/([^/]+))?$/u.exec(path) ?? [];
    const records = (body as { readonly records?: readonly Written[] } | undefined)?.records;
    if (records !== undefined) {
      const named = records.map(({ id, ...values }) => (id === undefined ? values : { ...values, Id: id }));
      const rows = connection.sobject(records[0]?.attributes.type ?? '');
      if (key !== undefined) return await rows.upsert(named as never, key, options);
      return method === 'POST'
        ? await rows.create(named as never, options)
        : await rows.update(named as never, options);
    }
    if (object !== undefined && method === 'POST') {
      const { ids, fields } = body as { readonly ids: readonly string[]; readonly fields: readonly string[] };
      return await connection.sobject(object).retrieve([...ids], { fields: [...fields] });
    }
    const asked =
      Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query as Record<string, string>).toString()}`;
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return await connection.request({ method: method as 'GET', url: path + asked, ...sent });
  };
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function list(value: string | readonly string[] | undefined): string[] | undefined {
  return typeof value === 'string' ? value.split(',') : value === undefined ? undefined : [...value];
}
