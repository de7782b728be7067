import { type Mappings, underAgreement } from '../../src/config/load.ts';
import { SIGNING_ROLES } from '../../src/domain/agreement/signatures.ts';
import type { Instant } from '../../src/domain/values/value.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { jsonOf, tasuki } from './cli.ts';

/** Both heads sign what stands in these mappings. */
export async function signByBoth(
  { agreement, policy }: Mappings,
  ledger: Pick<Ledger, 'signAgreement'>,
  at: Instant,
): Promise<void> {
  for (const role of SIGNING_ROLES) {
    const who = policy.agreement.roles[role];
    if (who === undefined) throw new Error(`The agreement ${agreement.version} names no ${role}.`);
    await ledger.signAgreement(agreement, { role, who, how: 'command line', user: 'test', at });
  }
}

/** The heads whom the shipped agreement names. */
export const HEADS = { 'marketing-head': 'hanako.sato@example.co.jp', 'sales-head': 'ken.takahashi@example.co.jp' };

/** Both heads sign on the command line, as people do. */
export async function signOnCommandLine(environment: Readonly<Record<string, string>>): Promise<void> {
  for (const [role, who] of Object.entries(HEADS)) {
    const ended = await tasuki(['agreement', 'sign', '--as', role, '--who', who, '--yes', '--json'], environment);
    const told = jsonOf(ended) as { readonly signed: boolean };
    if (!told.signed) throw new Error(`${who} could not sign: ${ended.stdout}${ended.stderr}`);
  }
}

/** The mappings as they count once both heads have signed theirs. */
export function signed(mappings: Mappings, since: Instant): Mappings {
  return underAgreement(mappings, { version: mappings.agreement, since });
}
