import { createHash } from 'node:crypto';
import { loadMappings } from '../config/load.ts';
import { canonicalText } from '../domain/agreement/canonical-text.ts';
import { type AgreementText, SIGNING_ROLES, type SigningRole } from '../domain/agreement/signatures.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import type { LocalDate } from '../domain/values/value.ts';
import type { WiredWorkshop } from './wire.ts';

export type Signed = { readonly role: SigningRole; readonly who: string; readonly version: string };

/**
 * Both heads of a made-up company sign what stands in the folder, each under the address that `roles:` gives, and the worker obeys it from
 * then on. `user` is who is at the machine.
 *
 * A story may play before the effective date of the folder's agreement: then they sign the same text with the story's day.
 */
export async function signAsBothHeads(
  { works, refreshPolicy }: Pick<WiredWorkshop, 'works' | 'refreshPolicy'>,
  folder: string,
  user: string,
): Promise<readonly Signed[]> {
  const { agreement, policy } = loadMappings(folder);
  const at = works.clock.now();
  const { day } = toLocal(at, policy.calendar);
  const text = agreement.effective > day ? effectiveFrom(day, agreement) : agreement;
  const signed: Signed[] = [];
  for (const role of SIGNING_ROLES) {
    const who = policy.agreement.roles[role];
    if (who === undefined) continue;
    await works.ledger.signAgreement(text, { role, who, how: 'command line', user, at });
    signed.push({ role, who, version: text.version });
  }
  await refreshPolicy();
  return signed;
}

function effectiveFrom(effective: LocalDate, { version, text }: AgreementText): AgreementText {
  const moved = canonicalText({ ...JSON.parse(text), effective });
  return { hash: createHash('sha256').update(moved).digest('hex'), version, effective, text: moved };
}
