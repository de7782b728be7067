import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { fromLocal } from '../calendar/local-time.ts';
import type { Instant, LocalDate } from '../values/value.ts';

/** The roles that sign: an agreement is one of both departments. Who they are says `roles:` in the agreement itself. */
export const SIGNING_ROLES = ['marketing-head', 'sales-head'] as const;
export type SigningRole = (typeof SIGNING_ROLES)[number];

/** The agreement as somebody wrote it, which nobody need have signed. */
export type AgreementText = {
  /** SHA-256 of `text`, in hexadecimal: what a signature is of. */
  readonly hash: string;
  /** The name that its authors gave it. */
  readonly version: string;
  /** The office's local date from which it holds, once it is signed. */
  readonly effective: LocalDate;
  /** See `canonicalText`. */
  readonly text: string;
};

export type Signature = {
  readonly role: SigningRole;
  /** The e-mail address of that role. */
  readonly who: string;
  readonly how: 'command line' | 'console' | 'commit';
  /** Who was at the machine, as the machine knows them: on the command line nobody else vouches for `who`. */
  readonly user: string;
  readonly at: Instant;
};

/** Somebody has read this version. */
export type Acknowledgement = Pick<Signature, 'who' | 'user' | 'at'>;

/** A version as the ledger keeps it: signed or proposed, with who signed it and who has read it. */
export type AgreementVersion = AgreementText & {
  readonly signatures: readonly Signature[];
  readonly acknowledged: readonly Acknowledgement[];
};

/** Which of the two roles have not signed. */
export function missingRoles({ signatures }: Pick<AgreementVersion, 'signatures'>): readonly SigningRole[] {
  return SIGNING_ROLES.filter((role) => signatures.every((signature) => signature.role !== role));
}

/** From when a version holds: from its effective date, and never before both have signed. `null` while a signature is missing. */
export function inForceFrom(version: AgreementVersion, calendar: BusinessCalendar): Instant | null {
  if (missingRoles(version).length > 0) return null;
  const signed = SIGNING_ROLES.map((role) =>
    Math.min(...version.signatures.filter((signature) => signature.role === role).map(({ at }) => at)),
  );
  return Math.max(fromLocal(version.effective, 0, calendar), ...signed);
}

export type VersionInForce = { readonly version: AgreementVersion; readonly from: Instant };

export type Standing = {
  /** The version that everybody is held to; `null` while there is none, and then nothing is promised to anybody. */
  readonly inForce: VersionInForce | null;
  /** Since when there has been an agreement in force at all, whichever it was. */
  readonly since: Instant | null;
  /** Versions that were in force before this one, the oldest first. */
  readonly before: readonly AgreementVersion[];
  /** Signed by both, with an effective date that has not come; the next one first. */
  readonly coming: readonly VersionInForce[];
};

/**
 * How the versions stand at an instant: the one whose turn came last holds. That a signature is there is enough, whenever it says it was
 * made: a clock that was set back by a second unsigns nothing.
 */
export function standingAt(now: Instant, versions: readonly AgreementVersion[], calendar: BusinessCalendar): Standing {
  const signed = versions
    .flatMap((version): readonly VersionInForce[] => {
      const from = inForceFrom(version, calendar);
      return from === null ? [] : [{ version, from }];
    })
    .toSorted((one, other) => one.from - other.from);
  const hasBegun = ({ version }: VersionInForce) => fromLocal(version.effective, 0, calendar) <= now;
  const begun = signed.filter(hasBegun);
  return {
    inForce: begun.at(-1) ?? null,
    since: begun[0]?.from ?? null,
    before: begun.slice(0, -1).map(({ version }) => version),
    coming: signed.filter((version) => !hasBegun(version)),
  };
}

/** A version of this name that somebody has signed, and that says something else: one name is one text, for decisions name their version. */
export function otherUnderThisName(
  { version, hash }: Pick<AgreementText, 'version' | 'hash'>,
  versions: readonly AgreementVersion[],
): AgreementVersion | undefined {
  return versions.find((other) => other.version === version && other.hash !== hash && other.signatures.length > 0);
}
