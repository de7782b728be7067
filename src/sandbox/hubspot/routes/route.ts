import type { FastifyInstance } from 'fastify';
import type { Scope } from '../access.ts';
import type { HubSpotPortal } from '../portal.ts';
import type { Family } from '../values/read-value.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: Scope;
    /** Searches have an allowance of their own and answer without rate headers. */
    isSearch?: boolean;
  }
}

/** What a family of routes is built from: the same handlers stand under numbered and dated paths. */
type RouteTools = { portal: HubSpotPortal; family: Family };

export type Routes = (app: FastifyInstance, tools: RouteTools) => void;

export const READ_CONTACTS = { config: { scope: 'crm.objects.contacts.read' } } as const;
export const WRITE_CONTACTS = { config: { scope: 'crm.objects.contacts.write' } } as const;
export const SEARCH_CONTACTS = { config: { scope: 'crm.objects.contacts.read', isSearch: true } } as const;
export const READ_OWNERS = { config: { scope: 'crm.objects.owners.read' } } as const;
export const READ_SCHEMAS = { config: { scope: 'crm.schemas.contacts.read' } } as const;
export const WRITE_SCHEMAS = { config: { scope: 'crm.schemas.contacts.write' } } as const;
