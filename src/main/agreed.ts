import { type Mappings, underAgreement } from '../config/load.ts';
import { standingAt } from '../domain/agreement/signatures.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Ledger } from '../ports/ledger.ts';

/**
 * The mappings under whatever agreement both heads have signed and whose date has come; under none, nobody is held to theirs. Gives back
 * the very same mappings where they are so already.
 *
 * Throws `ConfigInvalid` where the other files do not fit what was signed.
 */
export async function agreed(mappings: Mappings, ledger: Pick<Ledger, 'agreements'>, now: Instant): Promise<Mappings> {
  const { agreedSince, calendar, locale } = mappings.policy;
  const { inForce, since, before } = standingAt(now, await ledger.agreements(), calendar);
  if (inForce === null || since === null)
    return agreedSince === null ? mappings : underAgreement(mappings, null, locale);
  const isSame = agreedSince === since && inForce.version.hash === mappings.agreement.hash;
  // A ledger of the version before knows of none that were in force before.
  if (isSame && mappings.earlier.length === before.length) return mappings;
  return underAgreement(mappings, { version: inForce.version, since, before }, locale);
}
