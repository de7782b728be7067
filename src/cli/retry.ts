import { plural } from '../domain/texts/words.ts';
import type { Retried } from '../ports/undo.ts';
import { entityNamed, nobodyText } from './entity-named.ts';
import { EX_USAGE, type Verb } from './verb.ts';
import { whoever } from './whoever.ts';

export const retryVerb: Verb = {
  name: 'retry',
  argument: '[who]',
  summary: 'Let what is held back be tried again: refused, set aside, frozen, or taken back by an undo.',
  examples: ['tasuki retry taro@example.co.jp', 'tasuki retry 00Q5g00000AbCdEEAV', 'tasuki retry --all'],
  options: [
    { flags: '--all', help: 'of everybody' },
    { flags: '--by <name>', help: 'who says so (default: the login name)' },
  ],

  async run({ terminal, openLedger }, { argument, flags }) {
    const isJa = terminal.locale === 'ja';
    if ((argument === undefined) === (flags['all'] !== true)) {
      terminal.say(isJa ? 'レコードか --all のどちらかを指定してください。' : 'Name a record, or --all.');
      return EX_USAGE;
    }
    const { ledger, clock, close } = await openLedger();
    try {
      const entity = argument === undefined ? null : await entityNamed(argument, ledger);
      if (argument !== undefined && entity === null) {
        terminal.say(nobodyText(argument, terminal.locale));
        if (terminal.json) terminal.result(null, '');
        return 1;
      }
      const retried = await ledger.retry(entity?.id ?? null, whoever(flags), clock.now());
      terminal.result(retried, retriedText(retried, isJa));
      return 0;
    } finally {
      await close();
    }
  },
};

function retriedText({ findings, changes, entities }: Retried, isJa: boolean): string {
  if (findings + changes === 0) return isJa ? '見送っている書き込みはありません。' : 'Nothing is held back.';
  return isJa
    ? `${entities} 件(人・商談・会社)について、要確認 ${findings} 件を閉じ、見送っていた変更 ${changes} 件を再開しました。次の実行で書き込みます。`
    : `Closed ${plural(findings, 'finding')} and let ${plural(changes, 'change')} go, of ${entities} people, deals or companies. They are written with the next pass.`;
}
