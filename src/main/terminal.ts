import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../cli/verb.ts';
import type { Environment } from '../config/options.ts';
import type { Locale } from '../domain/policy.ts';

/** The result alone on standard output, everything else on standard error, so that `--json | jq` always works. */
export function openTerminal(json: boolean, locale: Locale): Terminal {
  return {
    json,
    locale,
    say: (line) => void process.stderr.write(`${line}\n`),
    asks,
    result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value) : text}\n`),
  };
}

/** Asked on standard error, so that a result can be piped away. Only a plain yes is a yes. */
async function asks(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY) return null;
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*(?:y|yes|はい)\s*$/iu.test(await line.question(`${question} [y/N] `));
  } finally {
    line.close();
  }
}

/** Whoever reads us may stop reading (`tasuki plan | head`): the words are lost, the work is finished all the same. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** The language of an error that may be about the options themselves, so it looks no further than it must. */
export function localeAskedFor(argv: readonly string[], env: Environment): Locale {
  const flag = argv.findIndex((word) => word.startsWith('--locale'));
  const asked = flag < 0 ? env['TASUKI_LOCALE'] : (argv[flag]?.split('=')[1] ?? argv[flag + 1]);
  return asked === 'en' ? 'en' : 'ja';
}
