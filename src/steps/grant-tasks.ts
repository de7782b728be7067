import type { DirectoryEntry } from '../domain/people/record.ts';
import { firstDayFor } from '../reconcile/task-day.ts';
import type { Works } from './works.ts';

type Granting = Pick<Works, 'ledger' | 'clock' | 'policy'>;

/**
 * Gives each person as many of the Tasks that wait for them as the agreement allows for their next working day, and tells, once per
 * person, how many wait on. Returns how many were granted; nothing where the agreement has no cap.
 *
 * This is not the planner's to decide, who sees one batch of people at a time: which of ten thousand lapses fell due first only
 * the ledger knows.
 */
export async function grantTasks({ ledger, clock, policy }: Granting): Promise<number> {
  const atMost = policy().agreement.tasksPerDay;
  const queues = atMost === undefined ? [] : await ledger.taskQueues();
  if (atMost === undefined || queues.length === 0) return 0;
  const people = new Map((await ledger.directory()).map((entry) => [`${entry.system}:${entry.id}`, entry]));
  const context = { now: clock.now(), policy: policy() };
  let granted = 0;
  for (const { of } of queues) {
    const person = people.get(of);
    if (person === undefined) continue;
    const day = firstDayFor(person, policy().calendar, context);
    granted += await ledger.grantTasks({ of, day, atMost }, context.now);
  }
  return granted;
}

/** One finding for each person who is given no more Tasks today; it goes when nothing waits for them any longer. */
export async function tellHeldBack({ ledger, clock, policy }: Granting): Promise<void> {
  const atMost = policy().agreement.tasksPerDay ?? null;
  const queues = await ledger.taskQueues();
  const open = (await ledger.findings()).filter(({ code }) => code === 'TASKS_HELD_BACK');
  if (queues.length === 0 && open.length === 0) return;
  const people = new Map((await ledger.directory()).map((entry) => [`${entry.system}:${entry.id}`, entry]));
  const subjects = new Set<string>();
  for (const { of, waiting } of queues) {
    const subject = subjectOf(of);
    subjects.add(subject);
    const known = open.find((finding) => finding.subject === subject);
    if (known?.detail['waiting'] === waiting && known.detail['atMost'] === atMost) continue;
    const name = nameOf(people.get(of)) ?? of;
    await ledger.openFinding({ code: 'TASKS_HELD_BACK', subject, detail: { name, waiting, atMost } }, clock.now());
  }
  for (const { code, subject } of open)
    if (!subjects.has(subject)) await ledger.closeFinding(code, subject, clock.now());
}

/** `salesforce:User:005…` */
function subjectOf(of: string): string {
  const [system = '', id = ''] = of.split(':');
  return system === 'salesforce' ? `${system}:User:${id}` : `${system}:owners:${id}`;
}

function nameOf(person: DirectoryEntry | undefined): string | null {
  return person?.name ?? null;
}
