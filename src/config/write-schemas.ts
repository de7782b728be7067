import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from './env-example.ts';
import { mappingSchemas } from './schemas.ts';

/** Writes what is generated from `src/config`: `npm run schema`. A test holds the written files to the source. */
const root = join(import.meta.dirname, '..', '..');
mkdirSync(join(root, 'mappings', 'schema'), { recursive: true });
for (const [path, text] of Object.entries(mappingSchemas())) writeFileSync(join(root, 'mappings', path), text);
writeFileSync(join(root, '.env.example'), envExample());
