import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import { plural } from '../domain/texts/words.ts';
import type { ViewsMade } from '../ports/crm.ts';
import { bookCalls } from '../steps/book-calls.ts';
import { missingFields, setUp, wantedFields } from '../steps/set-up.ts';
import { setUpViews } from '../steps/set-up-views.ts';
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
      const views = await setUpViews(works);
      for (const system of SYSTEMS) await bookCalls(system, works);
      const head = isJapanese ? `作成した項目 ${made.length} 件` : `Made ${plural(made.length, 'field')}`;
      const lines = [head, ...made.map((name) => `  ${name}`), ...viewLines(views, isJapanese)];
      terminal.result({ made, views }, lines.join('\n'));
      return 0;
    } finally {
      await close();
    }
  },
};

/** Which list views were made; of those that our user may not make, what an administrator does. */
function viewLines({ made, refused }: ViewsMade, isJapanese: boolean): readonly string[] {
  const head = isJapanese ? `作成したリストビュー ${made.length} 件` : `Made ${plural(made.length, 'list view')}`;
  return [
    head,
    ...made.map(({ object, label }) => `  ${object}: ${label}`),
    ...refused.map(({ object, label, columns, filled, because }) =>
      isJapanese
        ? `  作成できなかったリストビュー(${because}): ${object}「${label}」。管理者が画面で作成してください。検索条件: ${filled} が空白ではない / 表示項目: ${columns.join('、')} / 共有: すべてのユーザー`
        : `  Could not make (${because}): ${object}, "${label}". An administrator makes it: filter ${filled} not equal to (blank); columns ${columns.join(', ')}; visible to all users.`,
    ),
  ];
}

/** As `setup` would make them: the field of Task and Event is one field, on Activity. */
async function missingNow({ crm, policy }: Works): Promise<readonly string[]> {
  const described = SYSTEMS.flatMap((system) => OBJECTS[system].map((object) => crm[system].describe(object)));
  const visible = (await Promise.all(described)).filter((schema) => schema !== null);
  const missing = missingFields(visible, policy()).map((name) => name.replace(/^(?:Task|Event)\./u, 'Activity.'));
  return [...new Set(missing)];
}
