import { streamOf } from '../domain/agreement/action.ts';
import { SIGNALS, type SignalName } from '../domain/people/activity.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Policy } from '../domain/policy.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Works } from './works.ts';

/** Where the agreement's actions are read. */
function streamsRead({ agreement }: Policy): ReadonlySet<string> {
  return new Set((agreement.actions ?? []).flatMap(({ from }) => from.map(streamOf)));
}

/** Signals that are read by themselves; pages are read with the contacts. */
const OWN_CURSOR: readonly SignalName[] = SIGNALS.filter((signal) => signal !== 'page-views');

/**
 * The streams of the agreement's actions that cannot be read, or have not been read to the end once. What somebody did there nobody knows,
 * and a plan must not take it for nothing. An agreement without actions asks nobody.
 */
export async function hiddenStreams(
  ledger: Pick<Ledger, 'findings' | 'cursors'>,
  policy: Policy,
): Promise<ReadonlySet<string>> {
  const read = streamsRead(policy);
  if (read.size === 0) return read;
  const refused = (await ledger.findings())
    .filter(({ code }) => code === 'OBJECT_NOT_VISIBLE')
    .map((one) => one.subject);
  const cursors = await ledger.cursors('hubspot');
  const unread = OWN_CURSOR.filter((signal) => (cursors.get(signal)?.covers ?? null) === null).map(nameOf);
  return new Set([...refused, ...unread].filter((stream) => read.has(stream)));
}

/** Says which signals our token may not see, as far as the agreement reads them, and takes it back when it may. */
export async function noteAccess(
  signal: SignalName,
  isHidden: boolean,
  works: Pick<Works, 'ledger' | 'clock' | 'policy'>,
) {
  const { ledger, clock } = works;
  const read = streamsRead(works.policy());
  if (!isHidden && read.size === 0) return;
  const detail = { system: 'hubspot', object: signal };
  const finding: Finding = { code: 'OBJECT_NOT_VISIBLE', subject: nameOf(signal), detail };
  const isTold = (await ledger.findings()).some(
    ({ code, subject }) => code === finding.code && subject === finding.subject,
  );
  if (isHidden && read.has(finding.subject)) return await ledger.openFinding(finding, clock.now());
  if (!isTold) return;
  await ledger.closeFinding(finding.code, finding.subject, clock.now());
  await judgeAnew([finding.subject], works);
}

/** These can be read now: whoever was judged without them is judged again, and what nobody could judge is told only where it still holds. */
export async function judgeAnew(
  streams: readonly string[],
  { ledger, clock, policy }: Pick<Works, 'ledger' | 'clock' | 'policy'>,
): Promise<void> {
  const read = streamsRead(policy());
  if (!streams.some((stream) => read.has(stream))) return;
  for (const { code, subject } of await ledger.findings())
    if (code === 'CRITERIA_UNKNOWN') await ledger.closeFinding(code, subject, clock.now());
  await ledger.wakeEveryone();
}

function nameOf(signal: SignalName): string {
  return `hubspot:${signal}`;
}
