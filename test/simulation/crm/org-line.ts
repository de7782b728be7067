import type { CallKind } from '../../../src/connectors/salesforce/gateway.ts';
import { to18 } from '../../../src/connectors/salesforce/ids.ts';
import type { LineOver, Rest, RestRequest, Told } from '../../../src/connectors/salesforce/line.ts';
import { API_VERSION } from '../../../src/connectors/salesforce/options.ts';
import { loginFailure } from '../../../src/connectors/salesforce/session.ts';
import { ApiFailure, asApiFailure, RowFault } from '../../../src/sandbox/salesforce/failure.ts';
import { GrantRefusal, userOfGrant } from '../../../src/sandbox/salesforce/oauth/grants.ts';
import { userInfoOf } from '../../../src/sandbox/salesforce/oauth/identity.ts';
import type { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import {
  admit,
  answerCall,
  apiUsage,
  type RestRequest as OrgRequest,
} from '../../../src/sandbox/salesforce/rest/answer.ts';
import { answered, dateOf } from './answers.ts';
import { describedBefore } from './described-before.ts';
import type { Lifeline } from './lifeline.ts';
import { rowsIn, underSky } from './org-sky.ts';
import type { Weather } from './weather.ts';

const ORIGIN = 'https://simulated.my.salesforce.com';
const BASE = `/services/data/v${API_VERSION}`;
const USER_INFO = '/services/oauth2/userinfo';
/** The kinds of call that change something; all others only read. */
const WRITES: ReadonlySet<CallKind> = new Set([
  'collections-create',
  'collections-update',
  'collections-upsert',
  'setup',
]);

export type OrgGround = {
  readonly org: SalesforceOrg;
  readonly weather: Weather;
  readonly life: Lifeline;
  readonly clientSecret: string;
};

/** Calls to an org in the same process: a login like any other, then the sandbox's own routes. */
export function orgLine(ground: OrgGround): LineOver {
  return (told) => {
    let token = '';
    let login: Promise<void> | undefined;
    const logInAnew = async (): Promise<void> => {
      try {
        token = await logIn(ground, told);
      } finally {
        login = undefined;
      }
    };
    const renew = async (refused: string): Promise<void> => {
      if (token !== refused) return;
      login ??= logInAnew();
      await login;
    };
    return {
      renew,
      async token() {
        await renew('');
        return token;
      },
      async user() {
        await renew('');
        return to18(ground.org.integrationUserId);
      },
      async exchange(kind, work) {
        told.counted(kind);
        try {
          return await work(restOf(ground, kind, token));
        } finally {
          told.dated({ date: dateOf({ now: () => ground.org.state.clock() }), 'content-type': 'application/json' });
          told.limitInfo(apiUsage(ground.org));
        }
      },
    };
  };
}

async function logIn(ground: OrgGround, told: Told): Promise<string> {
  const { org, clientSecret } = ground;
  const { clientId } = org.options;
  told.counted('token');
  try {
    const call = { what: 'token', detail: { effect: 'read', object: null, rows: 0 }, body: null } as const;
    await underSky(ground, call, () => null);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    return org.tokens.issue(await userOfGrant(org, form, ORIGIN));
  } catch (error) {
    if (!(error instanceof GrantRefusal)) throw loginFailure(error, {}, ORIGIN);
    const refusal = answered('the login', 400, { error: error.error, error_description: error.message });
    throw loginFailure(refusal, {}, ORIGIN);
  }
}

function restOf(ground: OrgGround, kind: CallKind, token: string): Rest {
  const send = async <T>(request: RestRequest, given: unknown): Promise<T> => {
    const { method, headers = {} } = request;
    const url = request.url.startsWith('/services/') ? request.url : BASE + request.url;
    const effect = WRITES.has(kind) ? 'write' : 'read';
    const detail = { effect, object: objectIn(url, given), rows: rowsIn(given).length } as const;
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const answer = await underSky(ground, { what: kind, detail, body: given }, (body) =>
      answerOf(ground, kind, { token, method, url, headers: lowered, body }),
    );
    // What came is what the caller asked for by the path; jsforce trusts it just so.
    return answer as T;
  };
  return {
    version: API_VERSION,
    request: (request) => send(request, request.body === undefined ? undefined : JSON.parse(request.body)),
    requestGet: (url) => send({ method: 'GET', url }, undefined),
    requestPost: (url, body) => send({ method: 'POST', url }, body),
  };
}

/** What Salesforce refuses is a bad answer; what the sandbox stumbles over is nobody's answer, and ends the simulation. */
function answerOf({ org, life }: OrgGround, what: string, request: OrgRequest): unknown {
  try {
    if (request.url === USER_INFO) return userInfoOf(org, userOf(org, request.token), ORIGIN);
    const admitted = admit(org, request);
    return describedBefore(org, admitted.userId, request.url, () => answerCall(org, admitted, request).body);
  } catch (error) {
    const failure = error instanceof RowFault ? asApiFailure(error) : error;
    if (failure instanceof ApiFailure) throw answered(what, failure.status, failure.errors);
    void life.end(error);
    throw error;
  }
}

function userOf(org: SalesforceOrg, token: string): string {
  const user = org.tokens.userOf(token);
  if (user === undefined) throw new ApiFailure(403, ['Bad_OAuth_Token']);
  return user;
}

/** The object that a call is about, where its path or its records tell. */
function objectIn(url: string, body: unknown): string | null {
  const named = /\/(?:composite\/)?sobjects\/([A-Za-z_]\w*)/.exec(url)?.[1];
  const [first] = rowsIn(body);
  const typed = (first as { readonly attributes?: { readonly type?: string } } | undefined)?.attributes?.type;
  return named ?? typed ?? null;
}
