import * as z from 'zod';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import { epochDay } from '../../domain/values/instant.ts';

/**
 * The words every grammar is made of. Each leaf carries one phrase that completes "… must be", so that a fault reads as a sentence:
 * `"within" must be a duration: 3 business days, 24 business hours, 24 hours, 90 days.`
 */
type Issue = { readonly code?: string; readonly input?: unknown };

function phrase(what: string) {
  return ({ input }: Issue): string => {
    if (input === undefined) return `is missing. It must be ${what}.`;
    if (input === null) return `is empty. It must be ${what}.`;
    return `must be ${what}.`;
  };
}

const NOT_YET = 'is not yet supported in this version. Remove it for now.';

/**
 * A block of `key: value` lines. Unknown keys are refused one by one, with what was probably meant; `later` names keys of the
 * language that a coming version will obey, so that nobody believes they are in force.
 */
export function block<T extends z.core.$ZodShape>(shape: T, later: readonly string[] = []) {
  const keys = Object.keys(shape);
  const refuse = (key: string) => {
    if (later.includes(key)) return `"${key}" ${NOT_YET}`;
    return `"${key}" is not known here.${didYouMean(key, keys)} Known: ${keys.join(', ')}.`;
  };
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return (issue.keys as readonly string[]).map(refuse).join('\n');
      return phrase(`a block with ${keys.join(', ')}`)(issue);
    },
  });
}

/** A block whose keys are names of the admin's own choosing. */
export function named<T extends z.ZodType>(value: T, what: string) {
  return z.record(z.string().regex(/\S/u), value, { error: phrase(what) });
}

export function list<T extends z.ZodType>(entry: T, what: string) {
  return z.array(entry, { error: phrase(`a list of ${what}: [one, another]`) });
}

/** One of a few words. */
export function choice<const T extends readonly string[]>(choices: T, later: readonly string[] = []) {
  return z.enum(choices, {
    error: ({ input }: Issue) => {
      if (typeof input === 'string' && later.includes(input)) return `names "${input}", which ${NOT_YET}`;
      const meant = typeof input === 'string' ? didYouMean(input, choices) : '';
      return `${phrase(choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(', ')}`)({ input })}${meant}`;
    },
  });
}

/** A text; numbers are refused with the hint that matters (`version: 1.10` would lose its zero). */
export function words(what: string) {
  return z
    .string({ error: phrase(`${what} (in quotes, if it looks like a number)`) })
    .regex(/\S/u, { error: phrase(what) });
}

export function number(what: string) {
  return z.number({ error: phrase(what) });
}

const DURATION = /^([1-9]\d{0,3}) (business day|business hour|hour|day)s?$/u;

export const duration = z
  .string({ error: phrase('a duration: 3 business days, 24 business hours, 24 hours, 90 days') })
  .regex(DURATION, { error: phrase('a duration: 3 business days, 24 business hours, 24 hours, 90 days') })
  .describe('3 business days, 24 business hours, 24 hours, 90 days');

const PERIOD = 'a period that is looked back over: 90 days, 24 hours';

/** How far back something counts. Business time would make it a riddle, so it is counted on the wall. */
export const lookBack = z
  .string({ error: phrase(PERIOD) })
  .regex(/^[1-9]\d{0,3} (hour|day)s?$/u, { error: phrase(PERIOD) })
  .describe('90 days, 24 hours');

export const email = z
  .string({ error: phrase('an e-mail address, such as taro.suzuki@example.co.jp') })
  .refine((given) => canonicalEmail(given) !== null, {
    error: phrase('an e-mail address, such as taro.suzuki@example.co.jp'),
  });

export const date = z
  .string({ error: phrase('a date, such as 2026-10-01') })
  .refine((given) => epochDay(given) !== null, { error: phrase('a date that exists, such as 2026-10-01') });

export const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: phrase('one text, number, true or false'),
});
