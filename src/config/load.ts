import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ZodType } from 'zod';
import { canonicalText } from '../domain/agreement/canonical-text.ts';
import type { AgreementText } from '../domain/agreement/signatures.ts';
import type { Locale, Policy } from '../domain/policy.ts';
import type { Instant } from '../domain/values/value.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import { earlierAgreements } from './earlier.ts';
import { fitted } from './files/faults-of.ts';
import { readYaml, type YamlFile } from './files/yaml-file.ts';
import { agreementFile } from './grammar/agreement-grammar.ts';
import { calendarFile } from './grammar/calendar-grammar.ts';
import { companyFile } from './grammar/company-grammar.ts';
import { contactFile } from './grammar/contact-grammar.ts';
import { dealFile } from './grammar/deal-grammar.ts';
import { ownersFile } from './grammar/owners-grammar.ts';
import { Complaints } from './meaning/complain.ts';
import { ABSENT, type Files, meaningOf, type Understood } from './meaning/meaning-of.ts';

/** The files an admin edits, each with its grammar. */
export const MAPPING_FILES = {
  'agreement.yaml': agreementFile,
  'contact.yaml': contactFile,
  'company.yaml': companyFile,
  'deal.yaml': dealFile,
  'owners.yaml': ownersFile,
  'calendar.yaml': calendarFile,
} as const;
type FileName = keyof typeof MAPPING_FILES;
/** A folder written for the version before has none of these, and goes on meaning what it meant. */
const MAY_BE_ABSENT: ReadonlySet<FileName> = new Set<FileName>(['company.yaml', 'deal.yaml']);
const FILE_NAMES = Object.keys(MAPPING_FILES) as readonly FileName[];

export type Mappings = {
  readonly policy: Policy;
  /** Of what the files say: comments and layout do not count. */
  readonly hash: string;
  /** Everything needed to load them again without the folder, as canonical JSON: the ledger keeps it. */
  readonly text: string;
  /**
   * What is signed. It has a hash of its own, in full: a signature is of the agreement alone, and must outlast every edit of the
   * other files.
   */
  readonly agreement: AgreementText;
  /** The texts of the agreements that were in force before, the oldest first. */
  readonly earlier: readonly string[];
};

/** What `Mappings.text` holds. `agreedSince` is left out while nobody has signed, `earlier` while nothing was in force before. */
type Kept = {
  readonly label: string;
  readonly files: Readonly<Record<string, string>>;
  readonly agreedSince?: Instant;
  readonly earlier?: readonly string[];
};

/**
 * Reads the folder an admin edits. By itself a file binds nobody: its agreement counts as unsigned until `underAgreement` says otherwise.
 *
 * Throws `ConfigInvalid` with all faults of all files at once, each with file, line and column, what is wrong, what is allowed and
 * what to do. A fault in the shape of one file does not hide those in the others.
 */
export function loadMappings(folder: string, locale: Locale = 'ja'): Mappings {
  const label = basename(resolve(folder));
  const { texts, missing } = textsIn(folder);
  return understand({ label, files: texts }, locale, missing);
}

type Read = { readonly texts: Kept['files']; readonly missing: readonly ConfigFault[] };

/** The files of a folder, some of them from elsewhere, and what cannot be read of them. */
function textsIn(folder: string, elsewhere: Readonly<Partial<Record<FileName, string>>> = {}): Read {
  const missing: ConfigFault[] = [];
  const texts = FILE_NAMES.flatMap((name) => {
    const path = elsewhere[name] ?? join(folder, name);
    try {
      return [[name, readFileSync(path, 'utf8')] as const];
    } catch (error) {
      if (MAY_BE_ABSENT.has(name) && isAbsence(error)) return [];
      const why = error instanceof Error ? error.message : String(error);
      const where = elsewhere[name] === undefined ? ' TASUKI_MAPPINGS names the folder it should be in.' : '';
      missing.push({ at: path, message: `The file cannot be read (${why}).${where}` });
      return [];
    }
  });
  return { texts: Object.fromEntries(texts), missing };
}

/**
 * The folder with this file in the place of its agreement: what a proposal would mean beside everything else that is obeyed.
 *
 * Throws `ConfigInvalid` as `loadMappings` does; faults of the agreement are told by the file's own name.
 */
export function loadProposed(folder: string, file: string, locale: Locale = 'ja'): Mappings {
  const label = basename(resolve(folder));
  const { texts, missing } = textsIn(folder, { 'agreement.yaml': file });
  return understand({ label, files: texts }, locale, missing, file);
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The mappings that the ledger kept, for when the folder holds something that cannot be obeyed. */
export function restoreMappings(text: string, locale: Locale = 'ja'): Mappings {
  return understand(JSON.parse(text) as Kept, locale, []);
}

/** What was signed, since when there has been an agreement in force at all, and what was in force before this one, the oldest first. */
type Signed = {
  readonly version: AgreementText;
  readonly since: Instant;
  readonly before?: readonly Pick<AgreementText, 'text'>[];
};

/**
 * The same mappings under the agreement that is signed, whatever theirs says; `null`: none is, and theirs stays a proposal.
 *
 * Throws `ConfigInvalid` where the other files no longer fit what was signed, such as a team that owners.yaml has lost.
 */
export function underAgreement(mappings: Mappings, signed: Signed | null, locale: Locale = 'ja'): Mappings {
  const { label, files } = JSON.parse(mappings.text) as Kept;
  const binding: Binding =
    signed === null ? UNSIGNED : { agreedSince: signed.since, earlier: (signed.before ?? []).map(({ text }) => text) };
  if (signed === null || signed.version.hash === mappings.agreement.hash) {
    const meaning = MEANINGS.get(mappings) ?? meaningIn({ label, files }, []);
    return bound(binding, meaning, locale);
  }
  const { version } = signed;
  try {
    return bound(binding, meaningIn({ label, files: { ...files, 'agreement.yaml': version.text } }, []), locale);
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    const where = `${label}/agreement.yaml`;
    throw new ConfigInvalid(
      error.faults.map(({ at, message }) =>
        at.startsWith(where) ? { at: `${where} as signed (${version.version})`, message } : { at, message },
      ),
    );
  }
}

/** Since when files have bound anybody, and the agreements that did before, the oldest first. */
type Binding = { readonly agreedSince: Instant | null; readonly earlier: readonly string[] };

const UNSIGNED: Binding = { agreedSince: null, earlier: [] };

/** What files mean, whoever they bind and since when. */
type Meaning = {
  readonly kept: Omit<Kept, keyof Binding>;
  /** What each file that is there says, without comments and layout. */
  readonly contents: readonly unknown[];
  readonly meant: Omit<Policy, 'hash' | 'agreedSince' | 'earlier' | 'locale'>;
  readonly agreement: AgreementText;
};

/** Reading files is slow, and they mean the same from whatever instant they bind: what was read once is read for every date. */
const MEANINGS = new WeakMap<Mappings, Meaning>();

function understand(
  { agreedSince, earlier = [], ...kept }: Kept,
  locale: Locale,
  missing: readonly ConfigFault[],
  agreementAt?: string,
): Mappings {
  return bound({ agreedSince: agreedSince ?? null, earlier }, meaningIn(kept, missing, agreementAt), locale);
}

function bound({ agreedSince, earlier }: Binding, meaning: Meaning, locale: Locale): Mappings {
  const { kept, contents, meant, agreement } = meaning;
  const isFirst = earlier.length === 0;
  // The same files mean something else once they bind somebody.
  const hash = hashOf([agreedSince, ...contents, ...(isFirst ? [] : [earlier])]);
  const since = { ...(agreedSince === null ? {} : { agreedSince }), ...(isFirst ? {} : { earlier }) };
  const past = isFirst ? {} : { earlier: earlierAgreements(earlier, meant.calendar) };
  const policy = { hash, ...meant, agreedSince, ...past, locale };
  const mappings = { policy, hash, text: canonicalJson({ ...kept, ...since }), agreement, earlier };
  MEANINGS.set(mappings, meaning);
  return mappings;
}

function meaningIn(
  kept: Meaning['kept'],
  missing: readonly ConfigFault[],
  agreementAt = `${kept.label}/agreement.yaml`,
): Meaning {
  const { label, files: texts } = kept;
  const faults: ConfigFault[] = [...missing];
  const read = <T>(name: FileName, grammar: ZodType<T>) =>
    readFile(name === 'agreement.yaml' ? agreementAt : `${label}/${name}`, texts[name], grammar, faults);
  const files: Files = {
    agreement: read('agreement.yaml', agreementFile),
    contact: read('contact.yaml', contactFile),
    company: texts['company.yaml'] === undefined ? ABSENT : read('company.yaml', companyFile),
    deal: texts['deal.yaml'] === undefined ? ABSENT : read('deal.yaml', dealFile),
    owners: read('owners.yaml', ownersFile),
    calendar: read('calendar.yaml', calendarFile),
  };
  const meant = meaningOf(files);
  const there = Object.values(files).filter((file) => file !== ABSENT);
  faults.push(...there.flatMap((file) => file?.complaints.faults ?? []));
  if (faults.length > 0 || meant === null || files.agreement === null)
    throw new ConfigInvalid(faults.toSorted(byPlace));
  const doubts = there.flatMap((file) => file?.complaints.doubts ?? []).toSorted(byPlace);
  return {
    kept,
    contents: there.map((file) => file?.complaints.file.content),
    meant: { ...meant, ...(doubts.length === 0 ? {} : { doubts }) },
    agreement: toText(files.agreement),
  };
}

function toText({ value: { version, effective }, complaints }: NonNullable<Files['agreement']>): AgreementText {
  const text = canonicalText(complaints.file.content);
  return { hash: createHash('sha256').update(text).digest('hex'), version, effective, text };
}

type Placed = Pick<ConfigFault, 'at'>;

/** By file, then by line, so that an admin works from top to bottom. */
function byPlace(one: Placed, other: Placed): number {
  return one.at.localeCompare(other.at, 'en', { numeric: true });
}

function readFile<T>(
  name: string,
  text: string | undefined,
  grammar: ZodType<T>,
  faults: ConfigFault[],
): Understood<T> | null {
  if (text === undefined) return null;
  const file = readYaml(name, text);
  if ('faults' in file) {
    faults.push(...file.faults);
    return null;
  }
  return fit(file, grammar, faults);
}

function fit<T>(file: YamlFile, grammar: ZodType<T>, faults: ConfigFault[]): Understood<T> | null {
  const result = fitted(file, grammar);
  if ('value' in result) return { value: result.value, complaints: new Complaints(file) };
  faults.push(...result.faults);
  return null;
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
}

/** JSON with sorted keys: equal content is equal text. */
function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
