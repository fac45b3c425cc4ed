/** Crowd: counts who is in a place that has room for so many, and how often somebody came. */
export class Crowd {
  readonly #room: number;
  #inside = 0;
  #visits = 0;

  constructor(room: number) {
    this.#room = room;
  }

  /** @throws Error when it is too full: what is measured did not keep its promise. */
  enter(): void {
    this.#inside += 1;
    if (this.#inside > this.#room) throw new Error(`${this.#inside} at a time where ${this.#room} may be`);
  }

  leave(): void {
    this.#inside -= 1;
    this.#visits += 1;
  }

  get visits(): number {
    return this.#visits;
  }
}
