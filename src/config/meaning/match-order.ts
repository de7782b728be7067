import type { Path } from '../files/yaml-file.ts';
import type { Complaints } from './complain.ts';

/** The order is written out so that a reader sees it; this version knows one. */
export function complainOfOrder(
  written: readonly string[],
  known: readonly string[],
  path: Path,
  complaints: Complaints,
): void {
  if (written.join() === known.join()) return;
  complaints.about(path, `This version matches in one order: write match: [${known.join(', ')}].`);
}
