import { DAY_MS } from './stamps.ts';

const BUCKET_MS = 60_000;

/** API calls of the whole org over the last 24 hours of virtual time, counted by the minute. */
export class ApiUsage {
  #buckets = new Map<number, number>();

  note(now: number): void {
    const bucket = Math.floor(now / BUCKET_MS);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
  }

  count(now: number): number {
    const oldest = Math.floor((now - DAY_MS) / BUCKET_MS);
    let total = 0;
    for (const [bucket, calls] of this.#buckets) {
      if (bucket <= oldest) this.#buckets.delete(bucket);
      else total += calls;
    }
    return total;
  }

  clear(): void {
    this.#buckets.clear();
  }
}
