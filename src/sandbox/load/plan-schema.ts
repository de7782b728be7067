import * as z from 'zod';
import { readInstant } from '../kernel/instant-text.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const columnName = z.string().min(1);
const aliasOf = z.string().regex(/^[a-z][a-z0-9_-]*$/i, 'wants letters, digits, - and _');

const anyText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const test = z.union([
  anyText,
  z.array(anyText),
  z.strictObject({ empty: z.boolean() }),
  z.strictObject({ not: z.union([anyText, z.array(anyText)]) }),
]);
const condition = z.record(columnName, test);

const zone = z.string().refine(isZone, 'wants a time zone such as Asia/Tokyo');
const wallTime = z.string().regex(/^\d\d:\d\d(:\d\d)?$/, 'wants a wall-clock time such as 09:00');
const dateOptions = { zone: zone.optional(), format: z.string().optional(), time: wallTime.optional() };

export const GENERATED = ['last-name', 'first-name', 'kana', 'company', 'phone', 'prefecture'] as const;

const fieldObject = z
  .strictObject({
    when: condition.optional(),
    value: scalar.optional(),
    column: columnName.optional(),
    map: aliasOf.optional(),
    as: z.enum(['text', 'number', 'boolean', 'date', 'datetime']).optional(),
    ...dateOptions,
    user: aliasOf.optional(),
    record: aliasOf.optional(),
    default: scalar.optional(),
    generate: z.enum(GENERATED).optional(),
    from: columnName.optional(),
    staff: z.email().optional(),
    queue: z.string().optional(),
  })
  .superRefine((field, context) => {
    const sources = (['value', 'column', 'generate', 'staff', 'queue'] as const).filter(
      (name) => field[name] !== undefined,
    );
    if (sources.length !== 1) {
      context.addIssue(
        `wants exactly one of value, column, generate, staff, queue; it has ${sources.join(', ') || 'none'}`,
      );
    }
    if ((field.generate === undefined) !== (field.from === undefined)) {
      context.addIssue('wants generate together with from, the column that the generated text depends on');
    }
    if (field.column === undefined && (field.user ?? field.record ?? field.map ?? field.as) !== undefined) {
      context.addIssue('wants a column beside user, record, map or as');
    }
  });

const fieldSpec = z.union([scalar, fieldObject, z.array(z.union([scalar, fieldObject])).min(1)]);

const atSpec = z.union([columnName, z.strictObject({ column: columnName, ...dateOptions })]);

const into = z
  .string()
  .regex(/^(hubspot|salesforce)\.\w+$/, 'wants a system and an object, such as hubspot.contacts or salesforce.Lead');

const recordSet = z.strictObject({
  into,
  from: aliasOf,
  /** Other records refer to these by this name and their file's key. */
  name: aliasOf.optional(),
  join: z.record(aliasOf, columnName).default({}),
  where: condition.optional(),
  at: atSpec.optional(),
  fields: z.record(z.string(), fieldSpec),
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
export type FieldSpec = z.output<typeof fieldSpec>;
export type FieldObject = z.output<typeof fieldObject>;
export type AtSpec = z.output<typeof atSpec>;
export type Condition = z.output<typeof condition>;
export type Scalar = z.output<typeof scalar>;

function isZone(text: string): boolean {
  return isAccepted(() => new Intl.DateTimeFormat('en', { timeZone: text }));
}

function isEncoding(text: string): boolean {
  return isAccepted(() => new TextDecoder(text));
}

function isAccepted(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
