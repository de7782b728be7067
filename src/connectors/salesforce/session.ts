import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { Connection } from 'jsforce';
import * as z from 'zod';
import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../../errors/errors.ts';
import { BadAnswer, NoAnswer } from '../http/failure.ts';
import type { Timeouts } from '../http/send.ts';
import { errorIn, meaningOf } from './failures.ts';
import { to18 } from './ids.ts';
import type { SalesforceAuth } from './options.ts';
import { type Exchange, exchanges, FetchTransport } from './transport.ts';

const tokenAnswer = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.string() });

/** Salesforce takes assertions that expire within a few minutes; sources say three or five. */
const ASSERTION_SECONDS = 150;
/** Further apart than an answer is ever under way, and the clocks may be why an assertion was refused. */
const CLOCKS_APART_MS = 60_000;

/**
 * One login, kept for all calls.
 *
 * jsforce can refresh by itself, but without a cap: a token that is refused at once is refreshed some three thousand times a
 * second, and a refresh function that throws leaves the call hanging. So it gets no refresh function; `Gateway` renews, once.
 */
export class Session {
  readonly connection: Connection;
  readonly #auth: SalesforceAuth;
  readonly #loginUrl: URL;
  readonly #now: () => number;
  readonly #counted: () => void;
  #login: Promise<void> | undefined;
  /** How far the clock of the login host is ahead of ours, where that was found to matter. */
  #aheadMs = 0;

  constructor(options: {
    readonly loginUrl: string;
    readonly auth: SalesforceAuth;
    readonly apiVersion: string;
    readonly timeouts: Timeouts;
    readonly now: () => number;
    readonly counted: () => void;
  }) {
    this.#auth = options.auth;
    this.#loginUrl = new URL(options.loginUrl);
    this.#now = options.now;
    this.#counted = options.counted;
    const loginUrl = this.#loginUrl.origin;
    // No client id here: with one, jsforce would install a refresh of its own.
    this.connection = new Connection({ loginUrl, version: options.apiVersion, oauth2: { loginUrl } });
    const transport = new FetchTransport(options.timeouts, () => [loginUrl, originOf(this.connection.instanceUrl)]);
    // oxlint-disable-next-line no-underscore-dangle -- jsforce has no other door for a transport
    this.connection._transport = transport;
    // oxlint-disable-next-line no-underscore-dangle -- its logins go through a second one
    this.connection.oauth2._transport = transport;
  }

  /** The token in use, by which a caller later says which one was refused. */
  async token(): Promise<string> {
    if (!this.connection.accessToken) await this.renew(undefined);
    return this.connection.accessToken ?? '';
  }

  /** The 18-character id of the user we are. */
  async user(): Promise<string> {
    await this.token();
    return to18(this.connection.userInfo?.id ?? '');
  }

  /** Logs in anew, unless somebody has already replaced the refused token. However many ask, one login is under way. */
  async renew(refused: string | undefined): Promise<void> {
    if (refused !== undefined && this.connection.accessToken !== refused) return;
    this.#login ??= this.#logIn().finally(() => {
      this.#login = undefined;
    });
    await this.#login;
  }

  /** An assertion names its end by our clock, and Salesforce judges it by its own: where these are apart, it is signed once more by theirs. */
  async #logIn(): Promise<void> {
    const seen: Exchange = {};
    try {
      await this.#ask(seen);
    } catch (error) {
      const failure = loginFailure(error, seen, this.#loginUrl.origin);
      if (!(failure instanceof CredentialsRejected) || !this.#hasLearnedTheTime(seen)) throw failure;
      const again: Exchange = {};
      await this.#ask(again).catch((refused: unknown) => {
        throw loginFailure(refused, again, this.#loginUrl.origin);
      });
    }
  }

  async #ask(seen: Exchange): Promise<void> {
    const grant = await this.#grant();
    this.#counted();
    const answer = await exchanges.run(seen, async () => await this.connection.oauth2.requestToken(grant));
    const token = tokenAnswer.parse(answer);
    this.#checkInstance(token.instance_url);
    const [organizationId = '', id = ''] = token.id.split('/').slice(-2);
    this.connection.instanceUrl = originOf(token.instance_url);
    this.connection.accessToken = token.access_token;
    this.connection.userInfo = { id, organizationId, url: token.id };
  }

  /** Was an assertion refused by a clock other than the one it was signed by? `Date` tells theirs (RFC 9110, 6.6.1). */
  #hasLearnedTheTime({ answer }: Exchange): boolean {
    if (this.#auth.kind !== 'jwt') return false;
    const aheadMs = Date.parse(answer?.headers['date'] ?? '') - this.#now();
    if (!(Math.abs(aheadMs - this.#aheadMs) >= CLOCKS_APART_MS)) return false; // as good as the same, or not told
    this.#aheadMs = aheadMs;
    return true;
  }

  async #grant(): Promise<{ grant_type: string; [name: string]: string }> {
    if (this.#auth.kind === 'client-credentials') {
      return {
        grant_type: 'client_credentials',
        client_id: this.#auth.clientId,
        client_secret: this.#auth.clientSecret,
      };
    }
    const { clientId, username, privateKeyPem, audience } = this.#auth;
    const key = privateKey(privateKeyPem);
    const expires = Math.floor((this.#now() + this.#aheadMs) / 1000) + ASSERTION_SECONDS;
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(clientId)
      .setSubject(username)
      .setAudience(audience ?? audienceOf(this.#loginUrl))
      .setExpirationTime(expires)
      .sign(key);
    return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  }

  /** A login over TLS must not send the token on in the clear. */
  #checkInstance(instanceUrl: string): void {
    if (this.#loginUrl.protocol === 'https:' && !instanceUrl.startsWith('https://')) {
      throw new CredentialsRejected(
        'salesforce',
        'The login named an instance without TLS; the token was thrown away.',
      );
    }
  }
}

/** The audience a login host stands for: production and sandboxes each have one name for all orgs, other hosts are their own. */
export function audienceOf(loginUrl: URL): string {
  if (!loginUrl.hostname.endsWith('.my.salesforce.com')) return loginUrl.origin;
  return /--|\.sandbox\./.test(loginUrl.hostname) ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

function privateKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new CredentialsRejected('salesforce', 'The JWT key is not a private key in PEM form.', { cause });
  }
}

function originOf(url: string): string {
  return url === '' ? '' : new URL(url).origin;
}

/** A login writes nothing, so whatever ended it is either a refusal of the credentials or a passing trouble. */
export function loginFailure(error: unknown, seen: Exchange, origin: string): Error {
  if (error instanceof CredentialsRejected) return error;
  const failure =
    error instanceof NoAnswer || error instanceof BadAnswer || seen.answer === undefined
      ? error
      : new BadAnswer('the login', seen.answer);
  if (failure instanceof BadAnswer && failure.status >= 400 && failure.status < 500) {
    const { code, message } = errorIn(failure);
    const meaning = meaningOf('the login', failure);
    // `unknown_error` with "retry your request" is Salesforce's word for logging in too often.
    const passing = meaning instanceof RateLimited || code === 'unknown_error';
    if (!passing)
      return new CredentialsRejected('salesforce', `Salesforce refused the login: ${code}, ${message}`, {
        cause: error,
      });
    if (meaning instanceof RateLimited) return meaning;
  }
  const message = `Salesforce did not complete the login at ${origin} (the address in SALESFORCE_LOGIN_URL).`;
  return new RemoteUnavailable('salesforce', message, { cause: error });
}
