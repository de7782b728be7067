import type { Doubt } from '../../domain/policy.ts';
import type { InBoth } from '../../domain/texts/words.ts';
import type { ConfigFault } from '../../errors/errors.ts';
import type { Path, YamlFile } from '../files/yaml-file.ts';

/** Collects what is wrong with the meaning of one file, each fault with its place. */
export class Complaints {
  readonly file: YamlFile;
  readonly faults: ConfigFault[] = [];
  readonly doubts: Doubt[] = [];

  constructor(file: YamlFile) {
    this.file = file;
  }

  /** About the value at this path. */
  about(path: Path, message: string): void {
    this.faults.push({ at: this.file.placeOf(path), message });
  }

  /** A doubt about the value at this path. */
  ask(path: Path, message: InBoth): void {
    this.doubts.push({ at: this.file.placeOf(path), message });
  }

  /** `mappings/contact.yaml:14`: a line is enough for a reason that people read. */
  lineOf(path: Path): string {
    return this.file.placeOf(path).replace(/:\d+$/u, '');
  }

  /** About a key: a name that should be another. */
  aboutKey(path: Path, message: string): void {
    this.faults.push({ at: this.file.placeOfKey(path), message });
  }

  /** A doubt about a key: a name that nobody needs. */
  askOfKey(path: Path, message: InBoth): void {
    this.doubts.push({ at: this.file.placeOfKey(path), message });
  }
}
