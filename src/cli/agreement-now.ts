import { loadMappings, type Mappings } from '../config/load.ts';
import type { Options } from '../config/options.ts';
import {
  type AgreementVersion,
  missingRoles,
  otherUnderThisName,
  type SigningRole,
  type Standing,
  standingAt,
} from '../domain/agreement/signatures.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { Instant } from '../domain/values/value.ts';
import { ConfigInvalid, LedgerInUse, LedgerUnavailable } from '../errors/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { LedgerDesk, VerbContext } from './verb.ts';

/** The agreement that stands in the folder, beside those that are signed. */
export type Written = {
  readonly mappings: Mappings;
  /** With whatever signatures it has. */
  readonly version: AgreementVersion;
  readonly missing: readonly SigningRole[];
  /** It is what everybody is held to now. */
  readonly isInForce: boolean;
  /** Another text was signed under its name, so this one cannot be. */
  readonly isNameTaken: boolean;
};

export type AgreementNow = {
  readonly standing: Standing;
  /** Every version that anybody has signed. */
  readonly signed: readonly AgreementVersion[];
  /** `null` where the folder holds something that cannot be read: then only what is signed can be told. */
  readonly written: Written | null;
};

/** How the agreement stands: what is in force, what is signed and still to come, and what the folder proposes (see `mappingsIfSound`). */
export async function agreementNow(
  ledger: Pick<Ledger, 'agreements'>,
  mappings: Mappings | null,
  { now, calendar }: { readonly now: Instant; readonly calendar: BusinessCalendar },
): Promise<AgreementNow> {
  const signed = await ledger.agreements();
  const standing = standingAt(now, signed, calendar);
  return { standing, signed, written: mappings === null ? null : writtenAs(mappings, signed, standing) };
}

/** The folder's agreement as these signatures make it. */
export function writtenAs(mappings: Mappings, signed: readonly AgreementVersion[], { inForce }: Standing): Written {
  const { agreement } = mappings;
  const version = signed.find(({ hash }) => hash === agreement.hash) ?? {
    ...agreement,
    signatures: [],
    acknowledged: [],
  };
  return {
    mappings,
    version,
    missing: missingRoles(version),
    isInForce: inForce?.version.hash === agreement.hash,
    isNameTaken: otherUnderThisName(agreement, signed) !== undefined,
  };
}

/** What the folder says, for whoever only looks on; `null` where it has faults. */
export function mappingsIfSound({ mappings, locale }: Pick<Options, 'mappings' | 'locale'>): Mappings | null {
  try {
    return loadMappings(mappings, locale);
  } catch (error) {
    if (error instanceof ConfigInvalid) return null;
    throw error;
  }
}

/** How things stand where the ledger cannot be asked. */
export const NOTHING_KNOWN = { inForce: null, since: null, before: [], coming: [] } as const;

/** What the ledger knows; `null` where a worker has it to itself just now, for the file can be checked all the same. */
export async function lookUp<T>(
  openLedger: VerbContext['openLedger'],
  ask: (desk: LedgerDesk) => Promise<T>,
): Promise<T | null> {
  try {
    const desk = await openLedger();
    try {
      return await ask(desk);
    } finally {
      await desk.close();
    }
  } catch (error) {
    if (error instanceof LedgerInUse || error instanceof LedgerUnavailable) return null;
    throw error;
  }
}
