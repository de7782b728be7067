import { Refusal } from './refusal.ts';
import type { Switches } from './switches.ts';

const SCOPES = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.owners.read',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.companies.read',
  'crm.schemas.companies.write',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** A scope that depends on the object in question. */
export type ObjectScope = `crm.${'objects' | 'schemas'}.*.${'read' | 'write'}`;

const AUTHENTICATION_DOCS = 'https://developers.hubspot.com/docs/methods/auth/oauth-overview';
const SCOPE_DOCS = 'https://developers.hubspot.com/scopes';

/** The tokens of one private app, and what they may do. */
export class Access {
  readonly #tokens: Set<string>;
  readonly #expired = new Set<string>();
  readonly #switches: Switches;

  constructor(tokens: readonly string[], switches: Switches) {
    this.#tokens = new Set(tokens);
    this.#switches = switches;
  }

  add(token: string): void {
    this.#tokens.add(token);
    this.#expired.delete(token);
  }

  expire(token?: string): void {
    for (const known of token === undefined ? this.#tokens : [token]) this.#expired.add(known);
  }

  knows(token: string): boolean {
    return this.#tokens.has(token) && !this.#expired.has(token);
  }

  granted(): Scope[] {
    return SCOPES.filter((scope) => !this.#switches.missingScopes.includes(scope));
  }

  /** The token of a request that may go on; anything else is a 401. */
  identify(authorization: string | undefined): string {
    const token = bearerToken(authorization);
    if (token !== undefined && this.knows(token)) return token;
    if (token !== undefined && this.#expired.has(token)) {
      throw new Refusal(401, {
        message: 'The OAuth token used to make this call has expired or was revoked.',
        category: 'EXPIRED_AUTHENTICATION',
      });
    }
    throw new Refusal(401, {
      message: `Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at ${AUTHENTICATION_DOCS}`,
      category: 'INVALID_AUTHENTICATION',
    });
  }

  require(scope: string): void {
    if (!this.#switches.missingScopes.includes(scope)) return;
    throw new Refusal(403, {
      message: `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPE_DOCS}.`,
      errors: [
        { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: [scope] } },
      ],
      links: { scopes: SCOPE_DOCS },
      category: 'MISSING_SCOPES',
    });
  }
}

export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}
