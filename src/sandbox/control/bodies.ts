import * as z from 'zod';
import { readInstant } from '../kernel/instant-text.ts';

const record = z.record(z.string(), z.unknown());
const instant = z.union([z.number(), z.string()]).transform((given, context) => {
  const ms = typeof given === 'number' ? given : readInstant(given);
  if (ms === undefined) context.addIssue('wants epoch milliseconds or an instant such as 2026-04-01T09:00+09:00');
  return ms ?? z.NEVER;
});

export const clockBody = z.union([
  z.strictObject({ advanceMs: z.number().nonnegative() }),
  z.strictObject({ set: instant }),
  z.strictObject({ frozen: z.boolean() }),
]);

const when = z.enum(['before', 'after']).optional();
const status = z.int().min(200).max(599);

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status,
    body: z.unknown().optional(),
    text: z.string().optional(),
    contentType: z.string().nullable().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    when,
  }),
  z.strictObject({ kind: z.literal('cut'), when }),
  z.strictObject({ kind: z.literal('stall'), ms: z.number().nonnegative().optional(), when }),
  z.strictObject({ kind: z.literal('truncate') }),
  z.strictObject({ kind: z.literal('html'), status }),
  z.strictObject({ kind: z.literal('expire-token') }),
]);

/** JSON has no infinity, so `"always"` stands for it. */
const times = z.union([z.int().positive(), z.literal('always').transform(() => Number.POSITIVE_INFINITY)]);

export const faultRuleBody = z.strictObject({
  system: z.enum(['hubspot', 'salesforce']),
  method: z.string().optional(),
  path: z.string().optional(),
  after: z.int().nonnegative().optional(),
  times: times.optional(),
  fault,
});

export const requestFilter = z.strictObject({
  system: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
});

/** HubSpot keeps every value as a text, so a number or a truth value may be given as it is. */
const propertyText = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? ''));

export const hubspotTouchBody = z.strictObject({
  properties: z.record(z.string(), propertyText),
  source: z.enum(['CALCULATED', 'CRM_UI', 'INTEGRATION']).default('CRM_UI'),
  userId: z.coerce.number().int().optional(),
});

export const salesforceBody = z.strictObject({ fields: record, by: z.string().optional() });
export const byQuery = z.strictObject({ by: z.string().optional() });
export const switchesBody = record;
