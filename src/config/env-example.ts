import { OPTIONS, type OptionName } from './option-table.ts';

const HEAD = [
  '# Every option of Tasuki, with its default. Copy this file to .env and fill in what is empty.',
  '# A secret can also be given as a file: HUBSPOT_ACCESS_TOKEN_FILE=/run/secrets/hubspot, and so on.',
  '# This file is written from src/config/option-table.ts by "npm run schema".',
];

/** The text of `.env.example`; a test holds the file to it. */
export function envExample(): string {
  const blocks = (Object.keys(OPTIONS) as readonly OptionName[]).map((name) => {
    const { env, help, default: value } = OPTIONS[name];
    return `# ${help}\n${value === null ? `${env}=` : `# ${env}=${value}`}`;
  });
  return `${HEAD.join('\n')}\n\n${blocks.join('\n\n')}\n`;
}
