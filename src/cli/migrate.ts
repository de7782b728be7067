import type { Verb } from './verb.ts';

export const migrateVerb: Verb = {
  name: 'migrate',
  summary: "Bring the ledger's tables up to date (start and once do so by themselves).",
  examples: ['DATABASE_URL=postgres://… tasuki migrate'],

  async run({ terminal, openLedger }) {
    const { close } = await openLedger(); // opening a ledger migrates it, under a lock
    await close();
    terminal.result({ migrated: true }, terminal.locale === 'ja' ? '台帳は最新です。' : 'The ledger is up to date.');
    return 0;
  },
};
