import * as z from 'zod';

const fields = z.record(z.string(), z.unknown());
const id = z.string().regex(/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/, 'wants the 15 or 18 characters of a record id');
/** A user id or a user name; the administrator if absent. */
const by = z.string().optional();

export const salesforceBody = z.strictObject({ fields, by });
export const byQuery = z.strictObject({ by });
export const byBody = z.strictObject({ by });
export const salesforceMergeBody = z.strictObject({ other: id, by });

/** `opportunity: null` converts without one; left out, Salesforce makes one as its button does. */
export const conversionBody = z.strictObject({
  by,
  accountId: id.optional(),
  contactId: id.optional(),
  opportunity: fields.nullable().optional(),
  status: z.string().min(1).optional(),
});
