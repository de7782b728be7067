import type { FastifyInstance } from 'fastify';
import type { ObjectScope, Scope } from '../access.ts';
import type { HubSpotPortal } from '../portal.ts';
import type { Allowance } from '../rate-limits.ts';
import type { Family } from '../values/read-value.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: Scope | ObjectScope;
    /** Searches have an allowance of their own and answer without rate headers. So have batches of associations. */
    allowance?: Allowance;
  }
}

/** What a family of routes is built from: the same handlers stand under numbered and dated paths. */
type RouteTools = { portal: HubSpotPortal; family: Family };

export type Routes = (app: FastifyInstance, tools: RouteTools) => void;

/** The asterisk is the object that the path names. */
export const READ_RECORDS = { config: { scope: 'crm.objects.*.read' } } as const;
export const WRITE_RECORDS = { config: { scope: 'crm.objects.*.write' } } as const;
export const SEARCH_RECORDS = { config: { scope: 'crm.objects.*.read', allowance: 'search' } } as const;
export const READ_ASSOCIATIONS = { config: { scope: 'crm.objects.*.read', allowance: 'associations' } } as const;
export const WRITE_ASSOCIATIONS = { config: { scope: 'crm.objects.*.write', allowance: 'associations' } } as const;
export const READ_OWNERS = { config: { scope: 'crm.objects.owners.read' } } as const;
export const READ_SCHEMAS = { config: { scope: 'crm.schemas.*.read' } } as const;
export const WRITE_SCHEMAS = { config: { scope: 'crm.schemas.*.write' } } as const;
export const READ_PIPELINES = { config: { scope: 'crm.schemas.deals.read' } } as const;
