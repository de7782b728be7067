import type { Locale } from '../domain/policy.ts';
import { askHealth } from './health-socket.ts';
import type { Health } from './pulse.ts';
import type { Verb } from './verb.ts';

/** As Docker wants it: 0 is healthy, 1 is not, and nothing else means anything. */
export function healthExit({ state }: Health): 0 | 1 {
  return state === 'working' ? 0 : 1;
}

export function healthText({ state, pulse }: Health, locale: Locale): string {
  const t = locale === 'ja' ? JA : EN;
  const failing = pulse?.failing ?? [];
  const line = state === 'stuck' ? t.stuck(Math.round((pulse?.idleMs ?? 0) / 60_000)) : t[state];
  return failing.length === 0 ? line : `${line} ${t.failing(failing.join(', '))}`;
}

type Words = Readonly<Record<'working' | 'hung' | 'silent', string>> & {
  stuck(minutes: number): string;
  failing(lanes: string): string;
};

const JA: Words = {
  working: '稼働しています。',
  hung: 'プロセスはありますが、応答しません。',
  silent: '稼働中の Tasuki が見つかりません。',
  stuck: (minutes) => `応答はありますが、${minutes} 分間、処理が 1 つも終わっていません。`,
  failing: (lanes) => `再試行中の処理: ${lanes}`,
};
const EN: Words = {
  working: 'Working.',
  hung: 'A process is there, but does not answer.',
  silent: 'No worker is there.',
  stuck: (minutes) => `It answers, but nothing has been finished for ${minutes} minutes.`,
  failing: (lanes) => `Trying again: ${lanes}`,
};

export const healthVerb: Verb = {
  name: 'health',
  summary: 'Ask the worker of this folder, on this machine or in this container, whether it works. Opens no ledger.',
  examples: ['tasuki health', 'docker compose exec tasuki tasuki health --json'],

  async run({ terminal, options }) {
    const health = await askHealth(options.folder);
    terminal.result(health, healthText(health, terminal.locale));
    return healthExit(health);
  },
};
