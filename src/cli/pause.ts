import type { Locale } from '../domain/policy.ts';
import { plural } from '../domain/texts/words.ts';
import type { Verb } from './verb.ts';
import { textOf, whoever } from './whoever.ts';

export const pauseVerb: Verb = {
  name: 'pause',
  summary: 'Stop every write at once; reading and planning go on, and changes wait.',
  examples: ['tasuki pause --why "データ移行のため"'],
  options: [
    { flags: '--why <text>', help: 'the reason, for those who find it paused' },
    { flags: '--by <name>', help: 'who pauses it (default: the login name)' },
  ],

  async run({ terminal, openLedger }, { flags }) {
    const { ledger, clock, close } = await openLedger();
    try {
      const by = whoever(flags);
      const why = textOf(flags['why']) ?? '';
      await ledger.pause(by, why, clock.now());
      terminal.result(
        { paused: true, by, why },
        terminal.locale === 'ja'
          ? '書き込みを停止しました。再開するには: tasuki resume'
          : 'Writing is paused. To go on: tasuki resume',
      );
      return 0;
    } finally {
      await close();
    }
  },
};

export const resumeVerb: Verb = {
  name: 'resume',
  summary: 'Let writes go on; says how many changes waited.',
  examples: ['tasuki resume'],
  options: [{ flags: '--by <name>', help: 'who resumes it (default: the login name)' }],

  async run({ terminal, openLedger }, { flags }) {
    const { ledger, clock, close } = await openLedger();
    try {
      const by = whoever(flags);
      const { parked } = await ledger.waiting();
      await ledger.resume(by, clock.now());
      terminal.result({ paused: false, waited: parked }, resumedText(parked, terminal.locale));
      return 0;
    } finally {
      await close();
    }
  },
};

function resumedText(parked: number, locale: Locale): string {
  if (locale === 'en') {
    return parked === 0
      ? 'Writing goes on.'
      : `Writing goes on. Written with the next pass: ${plural(parked, 'change')} that waited.`;
  }
  return parked === 0
    ? '書き込みを再開しました。'
    : `書き込みを再開しました。待機していた変更 ${parked} 件は次の実行で書き込まれます。`;
}
