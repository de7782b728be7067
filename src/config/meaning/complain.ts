import type { ConfigFault } from '../../errors/errors.ts';
import type { Path, YamlFile } from '../files/yaml-file.ts';

/** Collects what is wrong with the meaning of one file, each fault with its place. */
export class Complaints {
  readonly file: YamlFile;
  readonly faults: ConfigFault[] = [];
  /** What is obeyed, and was probably not meant. */
  readonly remarks: ConfigFault[] = [];

  constructor(file: YamlFile) {
    this.file = file;
  }

  /** About the value at this path. */
  about(path: Path, message: string): void {
    this.faults.push({ at: this.file.placeOf(path), message });
  }

  /** `mappings/contact.yaml:14`: a line is enough for a reason that people read. */
  lineOf(path: Path): string {
    return this.file.placeOf(path).replace(/:\d+$/u, '');
  }

  /** About a key: a name that should be another. */
  aboutKey(path: Path, message: string): void {
    this.faults.push({ at: this.file.placeOfKey(path), message });
  }

  /** About a name that can be obeyed, and that nobody needs. */
  remarkOnKey(path: Path, message: string): void {
    this.remarks.push({ at: this.file.placeOfKey(path), message });
  }
}
