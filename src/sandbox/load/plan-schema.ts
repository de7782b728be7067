import * as z from 'zod';
import { readInstant } from '../kernel/instant-text.ts';
import { aliasOf, atSpec, columnName, condition, fieldSpec, isAccepted, scalar, zone } from './field-schema.ts';

const into = z
  .string()
  .regex(/^(hubspot|salesforce)\.\w+$/, 'wants a system and an object, such as hubspot.contacts or salesforce.Lead');

/** To records of an earlier set; a column may hold several keys, with `separator` between them. */
const association = z.strictObject({
  record: aliasOf,
  column: columnName,
  separator: z.string().min(1).optional(),
  /** HubSpot's `primary`, or a label of the account's own. */
  label: z.string().min(1).optional(),
});

const recordSet = z.strictObject({
  into,
  from: aliasOf,
  /** Other records refer to these by this name and a key. */
  name: aliasOf.optional(),
  /** Where the key of a record stands, if not in its file's key: rows that share one make one record, as the first of them says. */
  by: columnName.optional(),
  join: z.record(aliasOf, columnName).default({}),
  where: condition.optional(),
  at: atSpec.optional(),
  /** The Salesforce user who made it, by column and set of users. */
  author: z.strictObject({ column: columnName, user: aliasOf }).optional(),
  fields: z.record(z.string(), fieldSpec),
  associate: z.array(association).default([]),
});

const file = z.strictObject({
  path: z.string().min(1),
  key: columnName.optional(),
  delimiter: z.string().length(1).default(','),
  encoding: z.string().refine(isEncoding, 'wants an encoding such as utf-8 or shift_jis').default('utf-8'),
});

/** Every value, none, or a share of them that depends on the value alone. */
const seats = z.union([z.boolean().transform(Number), z.number().min(0).max(1)]);

const userSet = z.strictObject({
  /** `file.column` */
  column: z.string().regex(/^[^.]+\..+$/, 'wants a file and a column, such as deals.sr_id'),
  email: z.string().includes('{value', { message: 'wants {value} in it, or all of them would share one address' }),
  title: z.string().optional(),
  hubspot: seats.default(1),
  salesforce: seats.default(1),
});

const clock = z.string().transform((text, context) => {
  const ms = readInstant(text);
  if (ms === undefined) context.addIssue('wants an instant with its offset, such as 2018-06-01T09:00+09:00');
  return ms ?? z.NEVER;
});

export const planSchema = z.strictObject({
  clock: clock.optional(),
  zone: zone.default('Asia/Tokyo'),
  staff: z.enum(['default', 'none']).default('none'),
  files: z.record(aliasOf, file),
  users: z.record(aliasOf, userSet).default({}),
  maps: z.record(aliasOf, z.record(z.string(), scalar)).default({}),
  records: z.array(recordSet).min(1),
});

export type LoadPlanText = z.output<typeof planSchema>;
export type FileSpec = z.output<typeof file>;

export type RecordSetSpec = z.output<typeof recordSet>;
export type Association = z.output<typeof association>;

function isEncoding(text: string): boolean {
  return isAccepted(() => new TextDecoder(text));
}
