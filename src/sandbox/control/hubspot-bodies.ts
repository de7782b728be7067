import * as z from 'zod';
import { instant } from './bodies.ts';

/** HubSpot keeps every value as a text, so a number or a truth value may be given as it is. */
const valueText = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? ''));
const values = z.record(z.string(), valueText);
const userId = z.coerce.number().int().optional();

/** HubSpot's ids are numbers and travel as texts. */
const id = z
  .union([z.string().regex(/^\d+$/, 'wants the id of a record, such as "171591000007"'), z.int()])
  .transform(String);
const record = z.strictObject({ object: z.string().min(1), id });
const label = z.string().min(1).optional();

export const hubspotTouchBody = z.strictObject({
  properties: values,
  source: z.enum(['CALCULATED', 'CRM_UI', 'INTEGRATION']).default('CRM_UI'),
  userId,
});

export const hubspotCreateBody = z.strictObject({
  properties: values,
  source: z.enum(['CALCULATED', 'CRM_UI', 'INTEGRATION', 'IMPORT']).default('CRM_UI'),
  userId,
  associations: z.array(record.extend({ label })).default([]),
});

export const mergeBody = z.strictObject({ other: id });
export const pairBody = z.strictObject({ from: record, to: record });
export const associationBody = pairBody.extend({ label });

export const formBody = z.strictObject({
  guid: z.string().min(1),
  name: z.string().min(1),
  formType: z.enum(['hubspot', 'captured', 'flow', 'blog_comment']).optional(),
  fields: z.array(z.string().min(1)).optional(),
  archived: z.boolean().optional(),
});

export const submissionBody = z.strictObject({
  email: z.string().min(1),
  answers: values.optional(),
  pageUrl: z.url(),
  pageTitle: z.string().min(1).optional(),
  at: instant.optional(),
});

export const marketingEventBody = z.strictObject({
  id: id.optional(),
  name: z.string().min(1),
  eventType: z.string().min(1).optional(),
  startsAt: instant,
  endsAt: instant,
  externalAccountId: z.string().min(1).optional(),
  externalEventId: z.string().min(1).optional(),
});

export const participationBody = z.strictObject({
  contactId: id,
  state: z.enum(['REGISTERED', 'CANCELLED', 'ATTENDED', 'NO_SHOW']),
  at: instant.optional(),
});
