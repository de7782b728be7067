import { decodeJwt, importSPKI, importX509, jwtVerify } from 'jose';
import type { SalesforceOrg } from '../org.ts';

export type Form = Readonly<Record<string, string | undefined>>;

/** Why a token was not given, in the words of the token endpoint. */
export class GrantRefusal extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];
const LONGEST_ASSERTION_S = 5 * 60;

/** The user that a token request stands for. */
export async function userOfGrant(org: SalesforceOrg, form: Form, origin: string): Promise<string> {
  switch (form['grant_type']) {
    case 'client_credentials':
      checkClient(org, form);
      return org.integrationUserId;
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return userOfAssertion(org, form['assertion'] ?? '', origin);
    case 'refresh_token': {
      checkClient(org, form);
      const userId = org.tokens.userOfRefresh(form['refresh_token'] ?? '');
      if (userId === undefined) throw new GrantRefusal('invalid_grant', 'expired access/refresh token');
      return userId;
    }
    default:
      throw new GrantRefusal('unsupported_grant_type', 'grant type not supported');
  }
}

function checkClient(org: SalesforceOrg, form: Form): void {
  if (form['client_id'] !== org.options.clientId)
    throw new GrantRefusal('invalid_client_id', 'client identifier invalid');
  if (form['client_secret'] !== org.options.clientSecret)
    throw new GrantRefusal('invalid_client', 'invalid client credentials');
}

async function userOfAssertion(org: SalesforceOrg, assertion: string, origin: string): Promise<string> {
  const { jwtPublicKey, clientId } = org.options;
  if (jwtPublicKey === undefined) throw new GrantRefusal('invalid_client', 'this app has no certificate');
  const claims = await verified(assertion, jwtPublicKey);
  if (claims.iss !== clientId) throw new GrantRefusal('invalid_client_id', 'client identifier invalid');
  const audiences = [claims.aud ?? []].flat().map((audience) => audience.replace(/\/$/, ''));
  if (!audiences.some((audience) => [...LOGIN_HOSTS, origin].includes(audience))) {
    throw new GrantRefusal('invalid_grant', 'audience is invalid');
  }
  const now = org.state.clock() / 1000;
  if (claims.exp === undefined || claims.exp <= now)
    throw new GrantRefusal('invalid_grant', 'expired authorization code');
  if (claims.exp > now + LONGEST_ASSERTION_S) throw new GrantRefusal('invalid_grant', 'invalid assertion');
  const userId = org.userByName(String(claims.sub));
  if (userId === undefined) throw new GrantRefusal('invalid_grant', "user hasn't approved this consumer");
  return userId;
}

async function verified(assertion: string, pem: string): Promise<ReturnType<typeof decodeJwt>> {
  try {
    const key = await (pem.includes('CERTIFICATE') ? importX509(pem, 'RS256') : importSPKI(pem, 'RS256'));
    // The times are checked by the caller on the org's own clock.
    const claims = decodeJwt(assertion);
    const currentDate = new Date(((claims.exp ?? claims.iat ?? 0) - 1) * 1000);
    await jwtVerify(assertion, key, { algorithms: ['RS256'], currentDate });
    return claims;
  } catch (error) {
    throw new GrantRefusal('invalid_grant', `invalid assertion${error instanceof Error ? '' : '.'}`);
  }
}
