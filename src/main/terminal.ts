import type { Terminal } from '../cli/verb.ts';
import type { Locale } from '../domain/policy.ts';

/** The result alone on standard output, everything else on standard error, so that `--json | jq` always works. */
export function openTerminal(json: boolean, locale: Locale): Terminal {
  return {
    json,
    locale,
    say: (line) => void process.stderr.write(`${line}\n`),
    result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value) : text}\n`),
  };
}
