import type { Mappings } from '../config/load.ts';
import { inForceFrom, SIGNING_ROLES, type Signature, type SigningRole } from '../domain/agreement/signatures.ts';
import { checkPolicyAgainst } from '../domain/check-policy.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { type InBoth, printable } from '../domain/texts/words.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import { type DeedGiven, readWritten } from './agreement-deed.ts';
import { differenceLines, keptLines } from './agreement-diff.ts';
import { agreementNow, type Written } from './agreement-now.ts';
import { inForceLine, nobodyNamed, proposalLines, roleName, signatureLine, versionName } from './agreement-text.ts';
import { type CommitRead, type NoSignature, readSignedCommit } from './signed-commit.ts';
import { EX_USAGE } from './verb.ts';
import { systemUser, textOf } from './whoever.ts';

/** Why nothing was signed. */
type Because =
  | NoSignature
  | 'no-such-role'
  | 'nobody-named'
  | 'not-theirs'
  | 'name-taken'
  | 'before'
  | 'declined'
  | 'nobody-to-ask';

/**
 * Signs what stands in the folder, as one of the two heads.
 *
 * There is no sign-in on the command line: the address has to be that of the role, and the machine's own name for whoever typed it is
 * kept beside it. With `--commit` git vouches for who it was, and the commit is kept. It counts from when it is taken up: the date in a commit
 * is whatever its author says.
 */
export async function signDeed(given: DeedGiven): Promise<number> {
  const { desk, terminal, options, flags } = given;
  const { locale } = terminal;
  const refuse = (because: Because, text: string, exit = 1) => {
    terminal.result({ signed: false, because }, text);
    return exit;
  };
  const role = SIGNING_ROLES.find((known) => known === flags['as']);
  if (role === undefined) return refuse('no-such-role', WHICH_ROLE[locale], EX_USAGE);
  const mappings = readWritten(options);
  const { calendar } = await desk.policy();
  const voice = { locale, calendar };
  const look = () => agreementNow(desk.ledger, mappings, { now: desk.clock.now(), calendar });
  const now = await look();
  const written = now.written!;
  const address = mappings.policy.agreement.roles[role];
  if (address === undefined) return refuse('nobody-named', nobodyNamed(written, locale).join('\n'));
  const revision = textOf(flags['commit']);
  const signed = revision === undefined ? null : await commitOf(revision, given, mappings);
  if (signed?.kind === 'refused')
    return refuse(signed.because, NO_SIGNATURE[signed.because][locale](printable(revision ?? '')));
  const who = signed?.signer ?? textOf(flags['who']);
  if (who !== undefined && (canonicalEmail(who) ?? who) !== address)
    return refuse('not-theirs', NOT_THEIRS[locale](printable(who), roleName(role, locale), printable(address)));
  const before = written.version.signatures.find((signature) => signature.role === role);
  if (before !== undefined) return refuse('before', `${BEFORE[locale]}\n${signatureLine(before, voice)}`, 0);
  if (written.isNameTaken) return refuse('name-taken', proposalLines(now, locale).slice(-1).join(''));
  await refuseWhatDoesNotFit(desk.ledger, written);

  terminal.say(TO_SIGN[locale](versionName(written.version), written.version.effective));
  for (const line of differenceLines(now.standing.inForce?.version ?? null, mappings, locale)) terminal.say(line);
  for (const line of await keptLines(desk, mappings, locale)) terminal.say(line);
  const question = QUESTION[locale](printable(address), roleName(role, locale));
  const isProven = flags['yes'] === true || signed !== null;
  const answer = isProven ? who !== undefined || null : await terminal.asks(question);
  if (answer === null) return refuse('nobody-to-ask', SAY_WHO[locale]);
  if (!answer) return refuse('declined', LEFT[locale], 0);

  await desk.ledger.signAgreement(written.version, signatureBy(role, address, signed, desk.clock.now()));
  const after = await look();
  const { version, missing } = after.written!;
  const from = inForceFrom(version, calendar);
  terminal.result(
    { signed: true, role, who: address, version: version.version, hash: version.hash, missing, inForceFrom: from },
    [
      SIGNED[locale](versionName(version), roleName(role, locale)),
      ...proposalLines(after, locale),
      ...(from === null ? [] : [HOLDS[locale](formatLocal(from, calendar, locale))]),
      ...(from === null ? [inForceLine(after, voice)] : []),
    ].join('\n'),
  );
  return 0;
}

function signatureBy(
  role: SigningRole,
  who: string,
  signed: { readonly commit: string } | null,
  at: number,
): Signature {
  if (signed !== null) return { role, who, how: 'commit', user: signed.commit, at };
  return { role, who, how: 'command line', user: systemUser(), at };
}

function commitOf(revision: string, { options, flags }: DeedGiven, { agreement }: Mappings): Promise<CommitRead> {
  const allowedSigners = textOf(flags['allowedSigners']);
  return readSignedCommit({ folder: options.mappings, revision, allowedSigners }, agreement);
}

/** What is signed is obeyed: a field or a stage that neither system has is better found before than after. Nothing is known before the first run. */
async function refuseWhatDoesNotFit(ledger: Pick<Ledger, 'schemas'>, { mappings }: Written): Promise<void> {
  const faults = checkPolicyAgainst(mappings.policy, await ledger.schemas());
  const own = faults.filter(({ at }) => at.startsWith('mappings/agreement.yaml'));
  if (own.length > 0) throw new ConfigInvalid(own);
}

const NO_SIGNATURE: Readonly<Record<NoSignature, InBoth<(revision: string) => string>>> = {
  'no-such-commit': {
    ja: (revision) =>
      `コミット ${revision} を読めません。mappings が git のリポジトリにあることと、git が使えることを確認してください。署名していません。`,
    en: (revision) =>
      `The commit ${revision} cannot be read. Is the mappings folder in a git repository, and is git installed here? Nothing was signed.`,
  },
  'not-signed': {
    ja: (revision) => `コミット ${revision} には署名がありません(git commit -S で署名します)。署名していません。`,
    en: (revision) => `The commit ${revision} bears no signature (git commit -S makes one). Nothing was signed.`,
  },
  'not-trusted': {
    ja: (revision) =>
      `コミット ${revision} の署名を、誰のものか確かめられません。鍵とメールアドレスの対応を --allowed-signers か git の設定(gpg.ssh.allowedSignersFile)で示してください。署名していません。`,
    en: (revision) =>
      `Nobody vouches for the signature of commit ${revision}. Say whose key is whose with --allowed-signers, or in git's gpg.ssh.allowedSignersFile. Nothing was signed.`,
  },
  'other-text': {
    ja: (revision) => `コミット ${revision} の agreement.yaml は、フォルダにある内容と違います。署名していません。`,
    en: (revision) =>
      `In commit ${revision} agreement.yaml says something else than in the folder. Nothing was signed.`,
  },
};
const WHICH_ROLE = {
  ja: `--as に役割を書いてください: ${SIGNING_ROLES.join('、')}`,
  en: `Say as which role you sign, with --as: ${SIGNING_ROLES.join(', ')}`,
};
const NOT_THEIRS = {
  ja: (who: string, role: string, address: string) =>
    `${who} は${role}ではありません。agreement.yaml の roles では ${address} です。署名していません。`,
  en: (who: string, role: string, address: string) =>
    `${who} is not the ${role}: "roles" in agreement.yaml names ${address}. Nothing was signed.`,
};
const BEFORE = {
  ja: 'この内容には、すでに署名しています。',
  en: 'This text has been signed in that role already.',
};
const TO_SIGN = {
  ja: (version: string, effective: string) => `署名する内容: ${version}、適用日 ${effective}。有効な合意からの変更:`,
  en: (version: string, effective: string) =>
    `To be signed: ${version}, effective ${effective}. What it changes of the agreement in force:`,
};
const QUESTION = {
  ja: (address: string, role: string) => `あなたは ${address} で、${role}としてこの合意に署名しますか?`,
  en: (address: string, role: string) => `Are you ${address}, and do you sign this agreement as ${role}?`,
};
const SAY_WHO = {
  ja: '署名していません。誰が署名するのかを確かめられないときは、--who メールアドレス と --yes を付けてください。',
  en: 'Nothing was signed. Where nobody can be asked who signs, say it: --who EMAIL and --yes.',
};
const LEFT = { ja: '署名していません。', en: 'Nothing was signed.' };
const SIGNED = {
  ja: (version: string, role: string) => `${role}として ${version} に署名しました。`,
  en: (version: string, role: string) => `Signed ${version} as ${role}.`,
};
const HOLDS = {
  ja: (from: string) =>
    `両部門の署名がそろいました。この合意は ${from} から有効です(稼働中のワーカーは次の処理から従います)。tasuki agreement deliver で全員に知らせてください。`,
  en: (from: string) =>
    `Both heads have signed. It holds from ${from}; a worker that is running obeys from its next step on. Let everybody know: tasuki agreement deliver.`,
};
