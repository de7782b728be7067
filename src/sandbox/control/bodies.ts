import * as z from 'zod';
import { readInstant } from '../kernel/instant-text.ts';

/** Epoch milliseconds, or a text that means one instant everywhere. */
export const instant = z.union([z.number(), z.string()]).transform((given, context) => {
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

export const switchesBody = z.record(z.string(), z.unknown());
