import { fnv1a, Random } from '../kernel/random.ts';
import { drawCompanies } from '../world/companies.ts';
import { GIVEN_NAMES, SURNAMES } from '../world/names.ts';
import { drawPhone, writePhone } from '../world/phones.ts';
import type { GENERATED } from './field-schema.ts';

export type Invented = (typeof GENERATED)[number];

/** What a CRM requires and an anonymised file lacks. The same key always gets the same name, company and phone. */
export function invent(kind: Invented, key: string): string {
  const random = new Random(fnv1a(key));
  const surname = random.fork('surname').pick(SURNAMES);
  const given = random.fork('given').pick(GIVEN_NAMES);
  if (kind === 'last-name') return surname.kanji;
  if (kind === 'first-name') return given.kanji;
  if (kind === 'kana') return `${surname.kana} ${given.kana}`;
  if (kind === 'phone') return writePhone(drawPhone(random.fork('phone')), 'hyphens');
  const [company] = drawCompanies(random.fork('company'), 1);
  if (kind === 'prefecture') return company?.prefecture ?? '';
  // Numbered, since two companies of one name would be one company to whoever matches by name.
  return (company?.name ?? '').replace(/^(株式会社)?/, `$1第${1 + random.fork('number').int(9_999)}`);
}
