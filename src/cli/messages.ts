import type { KeptMessage } from '../domain/people/message.ts';
import type { DuePolicy } from '../domain/texts/due-text.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { type InBoth, printable } from '../domain/texts/words.ts';
import { EX_USAGE, type Verb } from './verb.ts';

const SHOWN = 50;
const MOST = 10_000;

export const messagesVerb: Verb = {
  name: 'messages',
  summary: 'List what people are to be told outside both systems: reminders before deadlines, and escalations.',
  examples: ['tasuki messages', 'tasuki messages --limit 500 --json'],
  options: [{ flags: '--limit <number>', help: `how many, the newest first (default: ${SHOWN})` }],

  async run({ terminal, openLedger }, { flags }) {
    const limit = Number(flags['limit'] ?? SHOWN);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
      terminal.say(
        terminal.locale === 'ja' ? `--limit は 1 から ${MOST} までの整数です。` : `--limit is 1 to ${MOST}.`,
      );
      return EX_USAGE;
    }
    const { ledger, policy, close } = await openLedger();
    try {
      const messages = await ledger.messages(limit);
      const voice = { ...(await policy()), locale: terminal.locale };
      terminal.result({ delivery: 'none-configured', messages }, messagesText(messages, voice));
      return 0;
    } finally {
      await close();
    }
  },
};

/** No message leaves this version by itself: that is said first. */
export function messagesText(messages: readonly KeptMessage[], { calendar, locale }: DuePolicy): string {
  const t = TEXTS[locale];
  if (messages.length === 0) return `${t.none}\n${t.delivery}`;
  const lines = messages.map(({ at, kind, state, name, to, subject }) => {
    const whom = `${printable(name)} <${printable(to)}>`;
    return `${formatLocal(at, calendar, locale)}  ${t.kinds[kind]}  ${t.states[state]}  ${whom}  ${printable(subject)}`;
  });
  return [t.delivery, ...lines].join('\n');
}

type Words = {
  readonly none: string;
  readonly delivery: string;
  readonly kinds: Readonly<Record<KeptMessage['kind'], string>>;
  readonly states: Readonly<Record<KeptMessage['state'], string>>;
};
const TEXTS: InBoth<Words> = {
  ja: {
    none: 'メッセージはありません。',
    delivery: '送信手段(Slack、メール)は設定されていません。メッセージはここに残るだけで、誰にも届きません。',
    kinds: { reminder: '予告', escalation: 'エスカレーション' },
    states: { waiting: '未送信', delivered: '送信済み', withdrawn: '取り下げ' },
  },
  en: {
    none: 'There are no messages.',
    delivery: 'No channel (Slack, mail) is configured: messages are kept here and reach nobody.',
    kinds: { reminder: 'reminder', escalation: 'escalation' },
    states: { waiting: 'not sent', delivered: 'sent', withdrawn: 'withdrawn' },
  },
};
