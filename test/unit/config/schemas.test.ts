import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mappingSchemas } from '../../../src/config/schemas.ts';
import { MAPPINGS } from './written.ts';

test.each(Object.entries(mappingSchemas()))(
  'mappings/%s is what the grammar says (npm run schema writes it)',
  (path, text) => {
    expect(readFileSync(join(MAPPINGS, path), 'utf8')).toBe(text);
  },
);

test('every file an admin edits points its editor to its schema', () => {
  const files = readdirSync(MAPPINGS).filter((name) => name.endsWith('.yaml'));
  expect(files).toHaveLength(6);
  for (const name of files) {
    const schema = /^# yaml-language-server: \$schema=\.\/(\S+)\n/u.exec(
      readFileSync(join(MAPPINGS, name), 'utf8'),
    )?.[1];
    expect(schema, name).toBe(`schema/${name.replace('.yaml', '.json')}`);
    expect(existsSync(join(MAPPINGS, schema ?? ''))).toBe(true);
  }
});
