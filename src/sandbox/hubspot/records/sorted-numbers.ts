/** Numbers in ascending order. Record ids only grow, so adding is nearly always a push. */
export class SortedNumbers {
  readonly #numbers: number[] = [];

  get size(): number {
    return this.#numbers.length;
  }

  add(number: number): void {
    const last = this.#numbers.at(-1);
    if (last === undefined || number > last) this.#numbers.push(number);
    else this.#numbers.splice(this.#place(number), 0, number);
  }

  remove(number: number): void {
    const place = this.#place(number);
    if (this.#numbers[place] === number) this.#numbers.splice(place, 1);
  }

  /** Up to `count` numbers, from the first that is at least `start`. */
  from(start: number, count: number): number[] {
    const place = this.#place(start);
    return this.#numbers.slice(place, place + count);
  }

  #place(number: number): number {
    let low = 0;
    let high = this.#numbers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
