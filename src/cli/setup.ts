import { setUp, wantedFields } from '../steps/set-up.ts';
import type { Verb } from './verb.ts';

export const setupVerb: Verb = {
  name: 'setup',
  summary: 'Create the properties and fields Tasuki needs in both systems, where they are missing.',
  examples: ['tasuki setup --dry-run', 'tasuki setup'],
  options: [{ flags: '--dry-run', help: 'show what is needed; touch nothing' }],

  async run({ terminal, open }, { flags }) {
    if (flags['dryRun'] === true) {
      terminal.result({ needed: wantedFields() }, wantedFields().join('\n'));
      return 0;
    }
    const { works, close } = await open('inline');
    try {
      const made = await setUp(works);
      const text = terminal.locale === 'ja' ? `作成した項目 ${made.length} 件` : `${made.length} fields made`;
      terminal.result({ made }, [text, ...made.map((name) => `  ${name}`)].join('\n'));
      return 0;
    } finally {
      await close();
    }
  },
};
