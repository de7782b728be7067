import { sum } from './requests.ts';
import type { Report } from './run-bench.ts';

/** The report as tables, ready for a README. */
export function reportText(report: Report): string {
  const { people, ledger, machine, limits, rows, counts, idle, idleIsLeast } = report;
  const { deals, companies } = counts;
  return `${[
    `${people} people, ${ledger} ledger, Node ${machine.node}, ${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before and ${machine.loadAfter.toFixed(1)} after, allowances ${limits ? 'kept' : 'lifted'}`,
    `records: ${Object.entries(rows)
      .map(([object, count]) => `${object} ${count}`)
      .join(', ')}`,
    `in the end: ${counts.people} people, ${counts.linkedOnBothSides} linked on both sides; deals ${deals.both} on both sides, ${deals.hubspot} + ${deals.salesforce} on one; companies ${companies.both}, ${companies.hubspot} + ${companies.salesforce}`,
    `findings: ${Object.entries(counts.findings)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
    '',
    ...stepTable(report),
    '',
    ...callTable(report),
    '',
    ...bareTable(report),
    '',
    `idle pass: ${Object.entries(idle)
      .map(
        ([size, calls]) =>
          `${size} people ${calls.map((each) => `${each.system} ${each.kind} ${each.calls}`).join(', ')}`,
      )
      .join('; ')}: ${idleIsLeast ? 'the least there is' : 'MORE THAN IT MUST'}`,
  ].join('\n')}\n`;
}

function stepTable({ steps }: Report): readonly string[] {
  return table(
    ['step', 's', "worker's CPU s", 'records', 'records/s', 'peak MB', 'held MB', 'calls', 'detail'],
    steps.map(({ step, ms, cpuMs, records, peakMb, heldMb, calls, detail }) => [
      step,
      seconds(ms),
      seconds(cpuMs),
      String(records),
      ms === 0 ? '' : String(Math.round((records * 1000) / ms)),
      String(peakMb),
      String(heldMb),
      String(sum(calls.map((each) => each.calls))),
      Object.entries(detail)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ]),
  );
}

function callTable({ steps }: Report): readonly string[] {
  return table(
    ['step', 'system', 'calls for', 'made', 'fewest', 'records named'],
    steps.flatMap(({ step, calls }) =>
      calls.map(({ system, kind, calls, fewest, records }) => [
        step,
        system,
        kind,
        String(calls),
        fewest === null ? '' : String(fewest),
        records === 0 ? '' : String(records),
      ]),
    ),
  );
}

function bareTable({ steps, bare }: Report): readonly string[] {
  return table(
    ['step', 'calls', 'failed', 'bare: s', 'CPU s', 'peak MB', "Tasuki's CPU ÷ bare CPU"],
    bare.map(({ step, calls, failed, ms, cpuMs, peakMb }) => {
      const ours = steps.find((each) => each.step === step)?.cpuMs ?? 0;
      return [
        step,
        String(calls),
        String(failed),
        seconds(ms),
        seconds(cpuMs),
        String(peakMb),
        (ours / cpuMs).toFixed(1),
      ];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
