import { InvariantBroken } from '../../errors/errors.ts';

/** HubSpot's numbered paths, which the client speaks, or the dated ones, which outlive them. */
export type PathFamily = 'v3' | '2026-09';

/** Numbered path → dated path. `VERSION` stands for the family. Verbs and bodies are the same. */
const DATED: readonly (readonly [RegExp, string])[] = [
  [/^\/crm\/v3\/(objects|properties|pipelines)\/(.*)$/, '/crm/$1/VERSION/$2'],
  [/^\/crm\/v3\/owners\/?$/, '/crm/owners/VERSION'],
  [/^\/crm\/v3\/owners\/(.+)$/, '/crm/owners/VERSION/$1'],
  [/^\/crm\/v4\/associations\/(.*)$/, '/crm/associations/VERSION/$1'],
  [/^\/crm\/v4\/objects\/(.*)$/, '/crm/objects/VERSION/$1'],
  [/^\/account-info\/v3\/(.*)$/, '/account-info/VERSION/$1'],
];

/**
 * A numbered path in the words of `family`.
 *
 * A path that has no dated form here is our bug: sent as it is, it would work until the numbered paths are switched off.
 *
 *     pathIn('2026-09', '/crm/v3/objects/contacts/batch/read')   // => '/crm/objects/2026-09/contacts/batch/read'
 */
export function pathIn(family: PathFamily, path: string): string {
  if (family === 'v3') return path;
  const rule = DATED.find(([numbered]) => numbered.test(path));
  if (rule === undefined)
    throw new InvariantBroken(`No ${family} form is known for HubSpot's ${path}. Add it to family.ts.`);
  return path.replace(rule[0], rule[1].replace('VERSION', family));
}
