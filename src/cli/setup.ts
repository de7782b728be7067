import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import { plural } from '../domain/texts/words.ts';
import { bookCalls } from '../steps/book-calls.ts';
import { missingFields, setUp, wantedFields } from '../steps/set-up.ts';
import type { Works } from '../steps/works.ts';
import type { Verb } from './verb.ts';

export const setupVerb: Verb = {
  name: 'setup',
  summary: 'Create the properties and fields Tasuki needs in both systems, where they are missing.',
  examples: ['tasuki setup --dry-run', 'tasuki setup'],
  options: [{ flags: '--dry-run', help: 'show what is needed and what is missing; touch nothing' }],

  async run({ terminal, open }, { flags }) {
    const { works, close } = await open('inline', 'look');
    const isJapanese = terminal.locale === 'ja';
    try {
      if (flags['dryRun'] === true) {
        const needed = wantedFields(works.policy());
        const missing = await missingNow(works);
        const head = isJapanese
          ? `必要な項目 ${needed.length} 件のうち、不足(または書き込めない項目)${missing.length} 件`
          : `Fields needed: ${needed.length}; missing or not writable: ${missing.length}`;
        terminal.result({ needed, missing }, [head, ...missing.map((name) => `  ${name}`)].join('\n'));
        return 0;
      }
      const made = await setUp(works);
      for (const system of SYSTEMS) await bookCalls(system, works);
      const head = isJapanese ? `作成した項目 ${made.length} 件` : `Made ${plural(made.length, 'field')}`;
      terminal.result({ made }, [head, ...made.map((name) => `  ${name}`)].join('\n'));
      return 0;
    } finally {
      await close();
    }
  },
};

/** As `setup` would make them: the field of Task and Event is one field, on Activity. */
async function missingNow({ crm, policy }: Works): Promise<readonly string[]> {
  const described = SYSTEMS.flatMap((system) => OBJECTS[system].map((object) => crm[system].describe(object)));
  const visible = (await Promise.all(described)).filter((schema) => schema !== null);
  const missing = missingFields(visible, policy()).map((name) => name.replace(/^(?:Task|Event)\./u, 'Activity.'));
  return [...new Set(missing)];
}
