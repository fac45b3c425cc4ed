/** The sizes of a work, by name: how many tasks, turns, calls. */
export type Sizes = Readonly<Record<string, number>>;
