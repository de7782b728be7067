import * as z from 'zod';

export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const columnName = z.string().min(1);
export const aliasOf = z.string().regex(/^[a-z][a-z0-9_-]*$/i, 'wants letters, digits, - and _');

const anyText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const test = z.union([
  anyText,
  z.array(anyText),
  z.strictObject({ empty: z.boolean() }),
  z.strictObject({ not: z.union([anyText, z.array(anyText)]) }),
]);
export const condition = z.record(columnName, test);

export const zone = z.string().refine(isZone, 'wants a time zone such as Asia/Tokyo');
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

export const fieldSpec = z.union([scalar, fieldObject, z.array(z.union([scalar, fieldObject])).min(1)]);

export const atSpec = z.union([columnName, z.strictObject({ column: columnName, ...dateOptions })]);

export type FieldSpec = z.output<typeof fieldSpec>;
export type FieldObject = z.output<typeof fieldObject>;
export type AtSpec = z.output<typeof atSpec>;
export type Condition = z.output<typeof condition>;
export type Scalar = z.output<typeof scalar>;

function isZone(text: string): boolean {
  return isAccepted(() => new Intl.DateTimeFormat('en', { timeZone: text }));
}

/** Whether the platform takes a name: it throws for one that it does not know. */
export function isAccepted(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
