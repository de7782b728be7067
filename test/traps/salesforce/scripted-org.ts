import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export type Hit = {
  readonly at: number;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** What a script does with a request; `undefined` leaves it to the next. */
export type Reply =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | 'cut'
  | 'stall'
  | 'silence';
export type Script = (hit: Hit, nth: number) => Reply | undefined;

export type ScriptedOrg = { readonly url: string; readonly hits: Hit[]; close(): Promise<void> };

/**
 * An HTTP server on real sockets that does what a script says: nock cannot cut a connection in mid-body. It answers logins and
 * describes by itself, so that a script holds only what its trap is about.
 */
export async function scriptedOrg(script: Script): Promise<ScriptedOrg> {
  const hits: Hit[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const { method = '', headers } = request;
    const hit = { at: performance.now(), method, url: new URL(request.url ?? '/', url), headers, body };
    hits.push(hit);
    play(response, script(hit, hits.length) ?? together(hit, script, hits.length) ?? standard(hit, url));
  };
  const server: Server = createServer({ maxHeaderSize: 65_536 }, (request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { url, hits, close };
}

type CompositePart = { readonly method: string; readonly url: string; readonly referenceId: string };

/** The requests that a composite carries, each as if it had come alone; of any other request, itself. */
export function partsOf(hit: Hit): readonly Hit[] {
  return isComposite(hit) ? compositeIn(hit).map((part) => alone(hit, part)) : [hit];
}

function isComposite({ url }: Hit): boolean {
  return url.pathname.endsWith('/composite');
}

function compositeIn({ body }: Hit): readonly CompositePart[] {
  return (JSON.parse(body) as { readonly compositeRequest: readonly CompositePart[] }).compositeRequest;
}

function alone(hit: Hit, { method, url }: CompositePart): Hit {
  return { ...hit, method, url: new URL(url, hit.url), body: '' };
}

/** A composite is answered part by part, each as the script answers it alone, and is itself a success whatever they are. */
function together(hit: Hit, script: Script, nth: number): Reply | undefined {
  if (!isComposite(hit)) return undefined;
  const compositeResponse = compositeIn(hit).map((part) => {
    const reply = script(alone(hit, part), nth) ?? standard(alone(hit, part), hit.url.origin);
    if (typeof reply === 'string') throw new Error(`a part of a composite cannot be met with ${reply}`);
    const { status = 200, json, headers = {} } = reply;
    return { body: json, httpHeaders: headers, httpStatusCode: status, referenceId: part.referenceId };
  });
  return { json: { compositeResponse } };
}

const FIELDS = ['Id', 'CreatedDate', 'SystemModstamp', 'IsDeleted', 'LastName', 'Tasuki_Key__c'];

function standard({ url: { pathname } }: Hit, url: string): Reply {
  if (pathname === '/services/oauth2/token') return { json: token(url) };
  if (pathname.endsWith('/describe'))
    return { json: { fields: FIELDS.map((name) => ({ name, label: name, type: 'string', length: 80 })) } };
  return { status: 404, json: [{ errorCode: 'NOT_FOUND', message: 'not scripted', fields: [] }] };
}

export function token(instanceUrl: string, accessToken = '00D5g000001Tasu!AQ.first') {
  return {
    access_token: accessToken,
    instance_url: instanceUrl,
    id: `${instanceUrl}/id/00D5g000001TasuEAC/0055g000004TasuAAC`,
  };
}

function play(response: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'cut' || reply === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"fields":[', () => reply === 'cut' && response.destroy());
    return;
  }
  const text = reply.text ?? JSON.stringify(reply.json ?? {});
  response.writeHead(reply.status ?? 200, reply.headers ?? { 'content-type': 'application/json;charset=UTF-8' });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
