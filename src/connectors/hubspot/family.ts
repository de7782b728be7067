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
  // Forms have a dated path in beta only; its bodies are those of v3.
  [/^\/marketing\/v3\/forms\/?$/, '/marketing/forms/VERSION-beta'],
  [/^\/marketing\/v3\/marketing-events\/?$/, '/marketing/marketing-events/VERSION'],
  [/^\/marketing\/v3\/marketing-events\/(.+)$/, '/marketing/marketing-events/VERSION/$1'],
];

/** What HubSpot has published no dated form of, and has named no end of: it goes out as it is, whatever the family. */
const WITHOUT_DATE: readonly RegExp[] = [
  /^\/form-integrations\/v1\/submissions\/forms\/[^/]+$/,
  /^\/oauth\/v2\/private-apps\/get\/access-token-info$/,
];

/**
 * A numbered path in the words of `family`.
 *
 * A path that has no dated form here is our bug: sent as it is, it would work until the numbered paths are switched off.
 *
 *     pathIn('2026-09', '/crm/v3/objects/contacts/batch/read')   // => '/crm/objects/2026-09/contacts/batch/read'
 */
export function pathIn(family: PathFamily, path: string): string {
  if (family === 'v3' || WITHOUT_DATE.some((undated) => undated.test(path))) return path;
  const rule = DATED.find(([numbered]) => numbered.test(path));
  if (rule === undefined)
    throw new InvariantBroken(`No ${family} form is known for HubSpot's ${path}. Add it to family.ts.`);
  return path.replace(rule[0], rule[1].replace('VERSION', family));
}
