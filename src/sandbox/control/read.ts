import * as z from 'zod';
import { ControlRefusal } from './refusal.ts';

/** What a request says, or a refusal that names everything that is wrong with it. */
export function read<Out>(schema: z.ZodType<Out>, given: unknown): Out {
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw new ControlRefusal(400, z.prettifyError(result.error));
  return result.data;
}

type Given<Options> = { [Name in keyof Options]: Exclude<Options[Name], undefined> };

/**
 * Only the options that were given. zod writes an absent one as `undefined`, for which the types of the doors have no
 * word; both mean "not given".
 */
export function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<Options>;
}
