import { writeFileSync } from 'node:fs';
import type { Mappings } from '../config/load.ts';
import { type AgreementShown, agreementDocument } from '../domain/texts/agreement-document.ts';
import { htmlOf } from '../domain/texts/document-html.ts';
import { markdownOf } from '../domain/texts/document-markdown.ts';
import { type InBoth, printable } from '../domain/texts/words.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { readWritten } from './agreement-deed.ts';
import { agreementNow, lookUp, NOTHING_KNOWN, writtenAs } from './agreement-now.ts';
import { versionName } from './agreement-text.ts';
import { EX_USAGE, type Flags, type LedgerDesk, type VerbContext } from './verb.ts';
import { textOf } from './whoever.ts';

/**
 * The agreement as a document for people: the one in force, or what stands in the folder. While none is in force there is nothing but the
 * folder's, and the document itself says what it is.
 */
export async function renderDeed({ terminal, options, openLedger }: VerbContext, flags: Flags): Promise<number> {
  const { locale } = terminal;
  const isHtml = flags['html'] === true;
  const out = textOf(flags['out']);
  const format = isHtml ? 'html' : 'md';
  // A slip of the keyboard must not write over agreement.yaml.
  if (out !== undefined && !out.toLowerCase().endsWith(`.${format}`)) {
    terminal.result({ rendered: false, because: 'not-that-kind-of-file' }, WRONG_FILE[locale](format));
    return EX_USAGE;
  }
  const shown =
    flags['proposed'] === true ? await proposed({ options, openLedger }) : await inForce({ options, openLedger });
  const { version, hash } = shown.version;
  const document = agreementDocument(shown, locale);
  const text = isHtml ? htmlOf(document, locale) : markdownOf(document);
  if (out !== undefined) write(out, text);
  terminal.result(
    { version, hash, standing: shown.standing, format, ...(out === undefined ? { document: text } : { file: out }) },
    out === undefined ? text.trimEnd() : WRITTEN[locale](versionName(shown.version), printable(out)),
  );
  return 0;
}

/** The folder's. Where a worker has the ledger to itself, it can be shown all the same. */
async function proposed({ options, openLedger }: Pick<VerbContext, 'options' | 'openLedger'>): Promise<AgreementShown> {
  const mappings = readWritten(options);
  const known = await lookUp(openLedger, (desk) => asWritten(mappings, desk));
  if (known !== null) return known;
  const { version } = writtenAs(mappings, [], NOTHING_KNOWN);
  return { policy: mappings.policy, version, standing: 'unknown', now: null };
}

/** The one that everybody is held to; the folder's, while there is none. */
async function inForce({ options, openLedger }: Pick<VerbContext, 'options' | 'openLedger'>): Promise<AgreementShown> {
  const desk = await openLedger();
  try {
    const policy = await desk.policy();
    // Which version is obeyed says the policy: the newest may not fit the other files.
    const version = (await desk.ledger.agreements()).find((one) => one.version === policy.agreement.version);
    if (policy.agreedSince === null || version === undefined) return await asWritten(readWritten(options), desk);
    return { policy, version, standing: 'in-force', now: desk.clock.now() };
  } finally {
    await desk.close();
  }
}

async function asWritten(mappings: Mappings, { ledger, clock }: LedgerDesk): Promise<AgreementShown> {
  const { policy } = mappings;
  const now = clock.now();
  const { written } = await agreementNow(ledger, mappings, { now, calendar: policy.calendar });
  const { version, isInForce } = written!;
  return { policy, version, standing: isInForce ? 'in-force' : 'not-in-force', now };
}

/** Throws `ConfigInvalid` where it cannot be written. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigInvalid([{ at: '--out', message: `The file cannot be written (${why}).` }]);
  }
}

const WRONG_FILE: InBoth<(format: string) => string> = {
  ja: (format) => `--out には .${format} で終わるファイル名を書いてください。書き出していません。`,
  en: (format) => `Name a file that ends in .${format} with --out. Nothing was written.`,
};
const WRITTEN: InBoth<(version: string, file: string) => string> = {
  ja: (version, file) => `合意(定義書)${version} を ${file} に書き出しました。`,
  en: (version, file) => `Agreement ${version} was written to ${file}.`,
};
