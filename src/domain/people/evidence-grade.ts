/**
 * How well the instant of something that lies in the past is known, the best first. `seen`: we watched it happen. `recorded`: a system's own
 * history says it. `stated`: a date field says it. `inferred`: by then it was so, and since when is not known.
 */
export const EVIDENCE_GRADES = ['seen', 'recorded', 'stated', 'inferred'] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

/** May something that is to be done depend on this instant? What is only inferred may be years old. */
export function isDated(grade: EvidenceGrade | undefined): boolean {
  return grade !== undefined && grade !== 'inferred';
}
