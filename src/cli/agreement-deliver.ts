import type { AgreementVersion } from '../domain/agreement/signatures.ts';
import type { OwnersPolicy } from '../domain/people/mapping.ts';
import type { Policy } from '../domain/policy.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { printable } from '../domain/texts/words.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';
import type { DeedGiven } from './agreement-deed.ts';
import { agreementNow } from './agreement-now.ts';
import { versionName } from './agreement-text.ts';
import { EX_USAGE, type LedgerDesk } from './verb.ts';
import { systemUser, textOf } from './whoever.ts';

/** Everybody whom owners.yaml names by an address, in its order. */
function peopleIn({ teams, table, unmatched }: OwnersPolicy): readonly string[] {
  const named = [
    ...Object.values(teams).flatMap(({ members, manager }) => [...members, ...(manager === null ? [] : [manager])]),
    ...Object.values(table),
    unmatched,
  ];
  return [...new Set(named.flatMap((name) => canonicalEmail(name) ?? []))];
}

/** Who is to have the newest signed version, and who has said that they have read it. Nothing is sent: that is said. */
export async function deliverDeed({ desk, terminal }: DeedGiven): Promise<number> {
  const { locale } = terminal;
  const policy = await desk.policy();
  const version = await newestSigned(desk, policy);
  if (version === null) {
    terminal.result({ version: null, people: [] }, NOTHING_SIGNED[locale]);
    return 1;
  }
  const people = peopleIn(policy.owners).map((who) => ({
    who,
    at: version.acknowledged.find((read) => read.who === who)?.at ?? null,
  }));
  const lines = people.map(({ who, at }) =>
    at === null ? `  ☐ ${printable(who)}` : `  ☑ ${printable(who)}  ${formatLocal(at, policy.calendar, locale)}`,
  );
  const open = people.filter(({ at }) => at === null).length;
  terminal.result(
    { version: version.version, hash: version.hash, sent: false, people },
    [TO_WHOM[locale](versionName(version), people.length, open), ...lines, NOT_SENT[locale]].join('\n'),
  );
  return 0;
}

/** Somebody of owners.yaml, or a head, has read the newest signed version. */
export async function acknowledgeDeed({ desk, terminal, flags }: DeedGiven): Promise<number> {
  const { locale } = terminal;
  const given = textOf(flags['who']);
  if (given === undefined) {
    terminal.result({ acknowledged: false, because: 'nobody-named' }, SAY_WHO[locale]);
    return EX_USAGE;
  }
  const policy = await desk.policy();
  const version = await newestSigned(desk, policy);
  if (version === null) {
    terminal.result({ acknowledged: false, because: 'nothing-signed' }, NOTHING_SIGNED[locale]);
    return 1;
  }
  const who = canonicalEmail(given) ?? given;
  if (![...peopleIn(policy.owners), ...Object.values(policy.agreement.roles)].includes(who)) {
    terminal.result({ acknowledged: false, because: 'not-known' }, NOT_KNOWN[locale](printable(who)));
    return 1;
  }
  const noted = await desk.ledger.acknowledgeAgreement(version.hash, { who, user: systemUser(), at: desk.clock.now() });
  const text = (noted === 'noted' ? NOTED : NOTED_BEFORE)[locale](printable(who), versionName(version));
  terminal.result({ acknowledged: true, before: noted === 'before', who, version: version.version }, text);
  return 0;
}

/** A version that is still to come is what people have to read; else the one in force. */
async function newestSigned(desk: LedgerDesk, { calendar }: Policy): Promise<AgreementVersion | null> {
  const { standing } = await agreementNow(desk.ledger, null, { now: desk.clock.now(), calendar });
  return (standing.coming.at(-1) ?? standing.inForce)?.version ?? null;
}

const NOTHING_SIGNED = {
  ja: '両部門が署名した合意がないため、渡すものがありません。先に tasuki agreement sign で署名してください。',
  en: 'There is nothing to deliver: no agreement has been signed by both heads. First: tasuki agreement sign.',
};
const TO_WHOM = {
  ja: (version: string, people: number, open: number) =>
    `合意(定義書)${version} を渡す相手: owners.yaml の ${people} 人(未確認 ${open} 人)`,
  en: (version: string, people: number, open: number) =>
    `Agreement ${version} is for everybody in owners.yaml: ${people}, of whom ${open} have not confirmed it`,
};
const NOT_SENT = {
  ja: 'この版の Tasuki は、メールや Slack では送りません。本人に渡し、読んだら tasuki agreement acknowledge --who メールアドレス で記録してください。',
  en: 'This version of Tasuki sends no mail and no Slack message. Hand it to them, and note who has read it: tasuki agreement acknowledge --who EMAIL.',
};
const SAY_WHO = {
  ja: '--who に、読んだ人のメールアドレスを書いてください。',
  en: 'Say who has read it: --who EMAIL.',
};
const NOT_KNOWN = {
  ja: (who: string) => `${who} は owners.yaml にも合意の roles にもいません。記録していません。`,
  en: (who: string) => `${who} is neither in owners.yaml nor among the roles of the agreement. Nothing was noted.`,
};
const NOTED = {
  ja: (who: string, version: string) => `${who} が ${version} を読んだことを記録しました。`,
  en: (who: string, version: string) => `Noted: ${who} has read ${version}.`,
};
const NOTED_BEFORE = {
  ja: (who: string, version: string) => `${who} が ${version} を読んだことは、すでに記録されています。`,
  en: (who: string, version: string) => `It was noted before that ${who} has read ${version}.`,
};
