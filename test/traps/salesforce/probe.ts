/**
 * One describe in a process of its own, for the traps that end the process or leave it hanging.
 *
 *     node probe.ts ours|bare URL     prints "answered" or "failed"
 */
import { bareLibrary, ourConnector } from './subjects.ts';

const [, , which, url = ''] = process.argv;
const subject = which === 'bare' ? bareLibrary(url) : ourConnector(url);
const said = await subject.describe().then(
  () => 'answered',
  () => 'failed',
);
process.stdout.write(said, () => process.exit(0));
