import type { Locale } from '../domain/policy.ts';
import { printable } from '../domain/texts/words.ts';
import {
  ConfigInvalid,
  CredentialsRejected,
  type ErrorCode,
  RateLimited,
  RemoteUnavailable,
  type TasukiError,
} from '../errors/errors.ts';

/**
 * An error as the person at the terminal reads it: its code, what happened, and what to do about it.
 *
 * The code comes first and stays the same in both languages, so that it can be searched for in `errors/README.md`. What a CRM said is
 * shown, never sent to the terminal as it is.
 */
export function errorText(error: TasukiError, locale: Locale): string {
  if (error instanceof ConfigInvalid) {
    const faults = error.faults.map(({ at, message }) => `  ${printable(`${at}: ${message}`)}`);
    return [`${error.code}: ${HEADS[locale](faults.length)}`, ...faults].join('\n');
  }
  const remedy = error instanceof CredentialsRejected ? credentialsRemedy(error, locale) : REMEDIES[locale][error.code];
  return [`${error.code}: ${printable(saidBy(error))}`, ...(remedy === undefined ? [] : [`  → ${remedy}`])].join('\n');
}

/** Which CRM it is about comes first, where the message does not say so itself. */
function saidBy(error: TasukiError): string {
  const name = error instanceof RemoteUnavailable || error instanceof RateLimited ? NAMES.get(error.system) : undefined;
  return name === undefined || error.message.includes(name) ? error.message : `${name}: ${error.message}`;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['hubspot', 'HubSpot'],
  ['salesforce', 'Salesforce'],
]);

const HEADS: Readonly<Record<Locale, (faults: number) => string>> = {
  ja: (faults) => `設定に直すところが ${faults} か所あります。`,
  en: (faults) =>
    faults === 1
      ? 'one thing in the configuration needs correcting.'
      : `${faults} things in the configuration need correcting.`,
};

/** Where the errors' own words do not say it already. */
const REMEDIES: Readonly<Record<Locale, Readonly<Partial<Record<ErrorCode, string>>>>> = {
  ja: {
    SYNC_RATE_LIMITED: '書き込みは行われていません。時間をおいて、もう一度実行してください。',
    SYNC_REMOTE_UNAVAILABLE:
      '時間をおいて、もう一度実行してください。続きから再開し、失われるものも重複するものもありません。',
    SYNC_LEDGER_UNAVAILABLE:
      'DATABASE_URL のサーバーが動いているか確かめてください。台帳なしでは CRM に何も書き込みません。',
    SYNC_INVARIANT_BROKEN: 'Tasuki 側の不具合です。このメッセージとログを添えてお知らせください。',
  },
  en: {
    SYNC_RATE_LIMITED: 'Nothing was written. Run it again later.',
    SYNC_REMOTE_UNAVAILABLE: 'Run it again later: it goes on where it stopped, nothing is lost and nothing doubled.',
    SYNC_LEDGER_UNAVAILABLE:
      'See that the server in DATABASE_URL is up. Nothing is written to a CRM without the ledger.',
    SYNC_INVARIANT_BROKEN: 'This is a bug in Tasuki. Please report it with this message and the log.',
  },
};

/** Which secret to look at, and where a new one comes from. */
export function credentialsRemedy({ system }: CredentialsRejected, locale: Locale): string {
  return system === 'hubspot' ? HUBSPOT[locale] : SALESFORCE[locale];
}

const HUBSPOT: Readonly<Record<Locale, string>> = {
  ja: 'HUBSPOT_ACCESS_TOKEN の値と、HubSpot の非公開アプリ(設定 > 連携)に付けたスコープを確かめてください。',
  en: 'Check HUBSPOT_ACCESS_TOKEN, and the scopes of the private app in HubSpot (Settings > Integrations).',
};
const SALESFORCE: Readonly<Record<Locale, string>> = {
  ja: 'SALESFORCE_CLIENT_ID と SALESFORCE_CLIENT_SECRET(または SALESFORCE_JWT_KEY_FILE)、SALESFORCE_LOGIN_URL、連携ユーザーの権限を確かめてください。',
  en: 'Check SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET (or SALESFORCE_JWT_KEY_FILE), SALESFORCE_LOGIN_URL, and the rights of the integration user.',
};
