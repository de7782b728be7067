import * as z from 'zod';
import { MAPPING_FILES } from './load.ts';

/** The JSON Schemas that editors complete and check from, by path under mappings/: `schema/contact.json`. */
export function mappingSchemas(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(MAPPING_FILES).map(([file, grammar]) => {
      const schema = z.toJSONSchema(grammar, { io: 'input', unrepresentable: 'any' });
      return [`schema/${file.replace('.yaml', '.json')}`, `${JSON.stringify(schema, null, 2)}\n`];
    }),
  );
}
