import type { CompanyFacts, DealFacts, PersonFacts } from '../domain/people/person.ts';
import type { Locale } from '../domain/policy.ts';
import type { Ledger } from '../ports/ledger.ts';

/** Whom a person means by a ledger id, a record id or an e-mail; `null` when nobody answers to it. */
export async function entityNamed(
  handle: string,
  ledger: Pick<Ledger, 'person' | 'entity'>,
): Promise<PersonFacts | DealFacts | CompanyFacts | null> {
  return (
    (await ledger.person(handle)) ?? (await ledger.entity('deal', handle)) ?? (await ledger.entity('company', handle))
  );
}

/** A deal or a company may have been meant as well, so it is not said of people alone. */
export function nobodyText(handle: string, locale: Locale): string {
  return locale === 'ja'
    ? `「${handle}」に当たるものは台帳にありません。`
    : `Nothing in the ledger answers to "${handle}".`;
}
