import type { CompanyProcess } from './company-process.ts';
import type { Fewest } from './fewest.ts';
import type { Tally } from './requests.ts';
import { type Taken, timed } from './stopwatch.ts';

/** One measured step: what it took of the worker, and its calls, as both systems counted them. */
export type Step = Taken & {
  readonly step: string;
  /** Records read, changes planned or written: what the step is about. */
  readonly records: number;
  readonly detail: Readonly<Record<string, number>>;
  readonly calls: readonly Tally[];
};

export type Measured = { readonly records: number; readonly detail?: Readonly<Record<string, number>> };

export type StepOptions = {
  /** The fewest calls for what the requests alone do not tell. */
  readonly fewest?: Fewest;
  /** Its calls go onto the tape, for the bare libraries. */
  readonly taped?: boolean;
};

/** Measures steps one after the other and keeps them. */
export class Recorder {
  readonly steps: Step[] = [];
  readonly #company: CompanyProcess;
  readonly #profile: string | null;

  constructor(company: CompanyProcess, profile: string | null) {
    this.#company = company;
    this.#profile = profile;
  }

  async measure<T extends Measured>(step: string, work: () => Promise<T>, options: StepOptions = {}): Promise<T> {
    await this.#company.ask({ ask: 'calls', keep: null }); // what nobody measures is nobody's
    const { result, taken } = await timed(step, work, this.#profile);
    const counted = await this.#company.ask({ ask: 'calls', keep: options.taped === true ? step : null });
    const calls = counted.map((tally) => ({
      ...tally,
      fewest: options.fewest?.[tally.system][tally.kind] ?? tally.fewest,
    }));
    const measured = { step, records: result.records, detail: result.detail ?? {}, calls, ...taken };
    this.steps.push(measured);
    process.stderr.write(
      `${step.padEnd(40)} ${String(taken.ms).padStart(7)} ms, CPU ${String(taken.cpuMs).padStart(7)} ms\n`,
    );
    return result;
  }
}
