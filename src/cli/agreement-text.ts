import {
  type AgreementVersion,
  missingRoles,
  SIGNING_ROLES,
  type Signature,
  type SigningRole,
  type VersionInForce,
} from '../domain/agreement/signatures.ts';
import type { Locale } from '../domain/policy.ts';
import { roleTitle } from '../domain/texts/agreement-names.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { inBrackets, printable } from '../domain/texts/words.ts';
import type { AgreementNow, Written } from './agreement-now.ts';
import type { Voice } from './change-text.ts';

/** So much of a hash is enough to compare by eye. */
const SHORT = 12;

/** `営業責任者(sales-head)` */
export function roleName(role: SigningRole, locale: Locale): string {
  return `${roleTitle(role, locale)}${inBrackets(locale, role)}`;
}

/** `2026-11 [a1b2c3d4e5f6]` */
export function versionName({ version, hash }: Pick<AgreementVersion, 'version' | 'hash'>): string {
  return `${printable(version)} [${hash.slice(0, SHORT)}]`;
}

/** What is in force, in one line: the same words in `status`, `check`, `plan` and `doctor`. */
export function inForceLine({ standing: { inForce, coming } }: AgreementNow, voice: Voice): string {
  const { locale, calendar } = voice;
  const t = TEXTS[locale];
  if (inForce !== null) return t.inForce(versionName(inForce.version), formatLocal(inForce.from, calendar, locale));
  const next = coming[0];
  if (next === undefined) return t.none;
  return t.noneYet(versionName(next.version), formatLocal(next.from, calendar, locale));
}

/** What lies in the folder beside it; empty where that is what is in force, or cannot be read. */
export function proposalLines({ written }: AgreementNow, locale: Locale): readonly string[] {
  if (written === null || written.isInForce) return [];
  const t = TEXTS[locale];
  const { missing, isNameTaken, version } = written;
  const roles = missing.map((role) => roleName(role, locale)).join(locale === 'ja' ? '、' : ', ');
  return [
    missing.length === 0
      ? t.waitsForItsDate(versionName(version), version.effective)
      : t.proposed(versionName(version), roles),
    ...(isNameTaken ? [t.nameTaken(printable(version.version))] : []),
  ];
}

export function statusText(agreement: AgreementNow, voice: Voice): string {
  const { locale } = voice;
  const { standing, written } = agreement;
  const t = TEXTS[locale];
  const of = (version: AgreementVersion) => signatureLines(version, voice);
  const isShown = (version: AgreementVersion) => standing.coming.some((next) => next.version.hash === version.hash);
  return [
    inForceLine(agreement, voice),
    ...(standing.inForce === null ? [] : of(standing.inForce.version)),
    ...standing.coming.flatMap((next) => [comingLine(next, voice), ...of(next.version)]),
    ...(written === null ? [t.unreadable] : proposalLines(agreement, locale)),
    ...(written === null || written.isInForce || isShown(written.version) ? [] : of(written.version)),
  ].join('\n');
}

function comingLine({ version, from }: VersionInForce, { locale, calendar }: Voice): string {
  return TEXTS[locale].coming(versionName(version), formatLocal(from, calendar, locale));
}

function signatureLines(version: AgreementVersion, voice: Voice): readonly string[] {
  const { locale } = voice;
  const missing = missingRoles(version).map((role) => `  ${roleName(role, locale)}: ${TEXTS[locale].notSigned}`);
  return [...version.signatures.map((signature) => signatureLine(signature, voice)), ...missing];
}

/** Who signed, as whom and how: on the command line the machine's own name for them stands beside the address they gave. */
export function signatureLine({ role, who, how, user, at }: Signature, { locale, calendar }: Voice): string {
  if (how === 'commit') {
    const name = locale === 'ja' ? '署名付きコミット' : 'signed commit';
    return `  ${roleName(role, locale)}: ${printable(who)}  ${formatLocal(at, calendar, locale)} (${name} ${printable(user).slice(0, 12)})`;
  }
  const by = locale === 'ja' ? `${how}、OS のユーザー ${printable(user)}` : `${how}, system user ${printable(user)}`;
  return `  ${roleName(role, locale)}: ${printable(who)}  ${formatLocal(at, calendar, locale)} (${by})`;
}

/** What `check` says of a file that can be read. */
export function checkText(agreement: AgreementNow | null, written: Written, voice: Voice): string {
  const { locale } = voice;
  const t = TEXTS[locale];
  return [
    t.sound(versionName(written.version), written.version.effective),
    ...nobodyNamed(written, locale),
    ...(agreement === null ? [t.ledgerAway] : [inForceLine(agreement, voice), ...proposalLines(agreement, locale)]),
  ].join('\n');
}

/** Roles that the agreement gives to nobody, so that nobody can sign it. */
export function nobodyNamed({ mappings }: Written, locale: Locale): readonly string[] {
  const { roles } = mappings.policy.agreement;
  return SIGNING_ROLES.filter((role) => roles[role] === undefined).map((role) =>
    TEXTS[locale].nobody(roleName(role, locale), role),
  );
}

const TEXTS = {
  ja: {
    inForce: (version: string, from: string) => `有効な合意: ${version}(${from} から)`,
    none: '有効な合意はありません。対応表の項目だけを書き込みます(ステージ、引き渡し、フォロー期限、ToDo は動きません)。',
    noneYet: (version: string, from: string) =>
      `有効な合意はまだありません。署名済みの ${version} が ${from} から有効になります。それまでは対応表の項目だけを書き込みます。`,
    coming: (version: string, from: string) => `署名済み、これから有効: ${version}(${from} から)`,
    proposed: (version: string, roles: string) =>
      `agreement.yaml は提案です: ${version}。署名がまだの責任者: ${roles}(tasuki agreement sign --as …)`,
    waitsForItsDate: (version: string, effective: string) =>
      `agreement.yaml の ${version} は両部門が署名済みです。適用日は ${effective} です。`,
    nameTaken: (version: string) =>
      `版名 ${version} では、別の内容が署名されています。このままでは署名できません。version を新しい名前にしてください。`,
    notSigned: '未署名',
    unreadable: 'agreement.yaml などの対応表に誤りがあるため、提案の内容は読めません(tasuki agreement check)。',
    sound: (version: string, effective: string) => `agreement.yaml に誤りはありません: ${version}、適用日 ${effective}`,
    ledgerAway:
      '台帳を開けないため、署名の状況は確認していません(稼働中のプロセスを止めるか、DATABASE_URL を使ってください)。',
    nobody: (role: string, key: string) =>
      `${role}の担当者が決まっていないため、署名できません。agreement.yaml の roles に「${key}: メールアドレス」を書いてください。`,
  },
  en: {
    inForce: (version: string, from: string) => `In force: agreement ${version}, since ${from}`,
    none: 'No agreement is in force: only mapped fields are written (no stages, hand-offs, deadlines or Tasks).',
    noneYet: (version: string, from: string) =>
      `No agreement is in force yet. ${version} is signed and holds from ${from}; until then only mapped fields are written.`,
    coming: (version: string, from: string) => `Signed, and still to come: ${version}, from ${from}`,
    proposed: (version: string, roles: string) =>
      `agreement.yaml is a proposal: ${version}. Not signed yet by: ${roles} (tasuki agreement sign --as …)`,
    waitsForItsDate: (version: string, effective: string) =>
      `${version} in agreement.yaml is signed by both; its effective date is ${effective}.`,
    nameTaken: (version: string) =>
      `Another text was signed as version ${version}, so this one cannot be. Give it a new "version".`,
    notSigned: 'not signed',
    unreadable: 'The mappings have faults, so what they propose cannot be told (tasuki agreement check).',
    sound: (version: string, effective: string) => `agreement.yaml is sound: ${version}, effective ${effective}`,
    ledgerAway:
      'The ledger cannot be opened, so its signatures were not looked at (stop the process that uses it, or use DATABASE_URL).',
    nobody: (role: string, key: string) =>
      `Nobody is named as ${role}, so it cannot be signed. Write "${key}: an e-mail address" under "roles" in agreement.yaml.`,
  },
} as const;
