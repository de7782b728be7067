import { loadMappings } from '../config/load.ts';
import { plural } from '../domain/texts/words.ts';
import type { Verb } from './verb.ts';

export const checkVerb: Verb = {
  name: 'check',
  summary:
    'Read the mappings, and tell everything that is wrong or doubtful in them, with its line. Opens nothing else.',
  examples: ['tasuki check', 'tasuki check --mappings ./proposed', 'tasuki check --json'],

  async run({ terminal, options }) {
    const { locale } = terminal;
    const { policy } = loadMappings(options.mappings, locale);
    const told = (policy.doubts ?? []).map(({ at, message }) => ({ at, message: message[locale] }));
    const head = HEADS[locale](policy.agreement.version, told.length);
    const lines = told.map(({ at, message }) => `  ${at}: ${message}`);
    terminal.result({ version: policy.agreement.version, warnings: told }, [head, ...lines].join('\n'));
    return 0;
  },
};

const HEADS = {
  ja: (version: string, warnings: number) =>
    warnings === 0
      ? `設定に誤りはありません(合意 ${version})。`
      : `設定に誤りはありません(合意 ${version})。確かめたいところが ${warnings} か所あります。`,
  en: (version: string, warnings: number) =>
    warnings === 0
      ? `Nothing is wrong with the mappings (agreement ${version}).`
      : `Nothing is wrong with the mappings (agreement ${version}); ${plural(warnings, 'thing')} to look at.`,
} as const;
