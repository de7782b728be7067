import type { Finding } from '../../../src/domain/people/person.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { findingFrom } from '../../../src/ledger/entity-facts.ts';
import { byColumns, isSameJson } from './order.ts';
import type { FindingState } from './rows.ts';
import type { State } from './state.ts';

/** Opens findings. One that is open already keeps its instant and takes the newer detail. */
export function openFindings(state: State, findings: readonly Finding[], at: Instant): void {
  const newest = new Map(findings.map((finding) => [`${finding.code} ${finding.subject}`, finding]));
  for (const [name, { code, subject, entity = null, detail }] of newest) {
    const [open] = state.findings.by('open', name);
    if (open === undefined)
      state.findings.put({ number: state.next(), code, subject, entity, detail, opened_at: at, closed_at: null });
    else if (open.entity !== entity || !isSameJson(open.detail, detail))
      state.findings.put({ ...open, detail, entity });
  }
}

/** The open finding of this code and subject. */
export function openNow(state: State, code: Finding['code'], subject: string): Finding | undefined {
  const [open] = state.findings.by('open', `${code} ${subject}`);
  return open === undefined ? undefined : findingFrom(open);
}

export function closeFindings(state: State, findings: readonly Pick<Finding, 'code' | 'subject'>[], at: Instant): void {
  for (const { code, subject } of findings) close(state, state.findings.by('open', `${code} ${subject}`), at);
}

/** See `Ledger.tellAgain`. */
export function tellAgain(state: State, finding: Finding, at: Instant): void {
  closeFindings(state, [finding], at);
  openFindings(state, [finding], at);
}

/** Everything that is open about an entity. */
export function closeFindingsOf(state: State, entity: string, at: Instant): void {
  close(state, state.findings.by('entity', entity), at);
}

function close(state: State, open: readonly FindingState[], at: Instant): void {
  for (const finding of open) state.findings.put({ ...finding, closed_at: at });
}

export function readFindings(state: State): readonly (Finding & { readonly openedAt: Instant })[] {
  return state.findings
    .by('standing', 'yes')
    .toSorted(byColumns(({ number }) => number))
    .map(findingFrom);
}
