import { pino } from 'pino';
import type { Log } from '../ports/log.ts';

/** Names under which a secret or a person's data could slip into a line; what stands there is replaced, whatever it is. */
const HIDDEN = [
  'token',
  'accessToken',
  'clientSecret',
  'authorization',
  'password',
  'email',
  'phone',
  'values',
  'headers',
];

/** One event, one line of JSON on standard error: standard output belongs to results. */
export function openLog(level: string): Log {
  const paths = HIDDEN.flatMap((name) => [name, `*.${name}`]);
  return pino({ level, base: null, redact: { paths, censor: '[hidden]' } }, pino.destination({ dest: 2, sync: true }));
}
