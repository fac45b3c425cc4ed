/**
 * HostActivity: what the host has under way for one run: files it reads, names it resolves, requests it has sent, timers of its own.
 *
 *     body ── fetch, fs, setTimeout ──► begun ──► ended      the time of the run stands still in between
 *
 * `host-watch.ts` sees most of it by itself; the rest is announced with `hostWork`. What merely could happen is no work: a server that listens,
 * a connection kept for later, an interval, a timer that does not keep the process alive.
 */

/** A timer or immediate of the host. The underscored parts are Node's own: the only sign of their end that costs nothing. */
interface HostTimer {
  hasRef(): boolean;
  readonly _destroyed?: boolean;
  /** Milliseconds of an interval, null for a timer that fires once. */
  readonly _repeat?: number | null;
}

/** A response of a server, with the request that it answers. */
interface Answer {
  readonly req: { readonly complete: boolean };
}

export class HostActivity {
  /** What is under way, and what to call it. */
  readonly #begun = new Map<unknown, string>();
  readonly #timers = new Set<HostTimer>();
  /** Those of what is under way that are requests over HTTP. */
  readonly #requests = new Set<unknown>();
  /** What servers of the run still owe. */
  readonly #answers = new Set<Answer>();
  #hasChanged = false;
  /** What was begun first of all. */
  firstWork: string | null = null;

  /** Something began that will end. */
  begin(work: unknown, description: string): void {
    this.#begun.set(work, description);
    this.#began(description);
  }

  /** As `begin`, for a request over HTTP: it may be to a server in this very process. */
  beginRequest(request: unknown, description: string): void {
    this.begin(request, description);
    this.#requests.add(request);
  }

  end(work: unknown): void {
    this.#begun.delete(work);
    this.#requests.delete(work);
  }

  /** A server that the run has made got a request. */
  beginAnswer(answer: Answer): void {
    this.#answers.add(answer);
  }

  endAnswer(answer: Answer): void {
    this.#answers.delete(answer);
  }

  beginTimer(timer: HostTimer): void {
    this.#timers.add(timer);
    this.#began(nameOfTimer(timer));
  }

  noteTick(): void {
    this.#hasChanged = true;
  }

  /** Says whether anything began since this was last asked. If so, ticks of it may be left to run, until the host's next round. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  isUnderWay(): boolean {
    for (const timer of this.#timers) {
      if (isSet(timer)) return true;
      this.#timers.delete(timer);
    }
    if (this.#requests.size === 0) return this.#begun.size > 0;
    // A request that a server of the run has received waits for that server, which is to say, for tasks of the run.
    return this.#begun.size > Math.min(this.#requests.size, this.#countAnswering());
  }

  /** While a client still sends, it is not the server that is waited for. */
  #countAnswering(): number {
    let count = 0;
    for (const { req } of this.#answers) if (req.complete) count += 1;
    return count;
  }

  /** Returns what to call each thing that is under way. */
  describe(): string[] {
    const timers = [...this.#timers].filter(isSet);
    return [...this.#begun.values(), ...timers.map(nameOfTimer)];
  }

  #began(description: string): void {
    this.#hasChanged = true;
    this.firstWork ??= description;
  }
}

function isSet(timer: HostTimer): boolean {
  return timer.hasRef() && timer._destroyed !== true && typeof timer._repeat !== "number";
}

function nameOfTimer(timer: HostTimer): string {
  return `a host ${timer.constructor.name}`;
}
