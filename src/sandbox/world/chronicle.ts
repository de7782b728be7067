export type During = <T>(instant: number, work: () => T) => T;

/**
 * What happens in a company, told story by story and played in the order of time: stamps never run backwards, whoever's
 * story they belong to.
 */
export class Chronicle {
  readonly #deeds: { at: number; act: () => void }[] = [];

  note(at: number, act: () => void): void {
    this.#deeds.push({ at, act });
  }

  /** Plays what is to happen before `until`; stories that go on later are still open then. */
  play(during: During, until: number): void {
    const due = this.#deeds.filter(({ at }) => at < until).sort((one, other) => one.at - other.at);
    for (const { at, act } of due) during(at, act);
  }
}
