/**
 * The layout of the picture, in pixels:
 *
 *     │ margin │ names │ plot: 0 ms ........ the longest chapter │ room for what a task gave │ margin │
 */
export const layout = {
  width: 1200,
  margin: 32,
  names: 136,
  /** Right of the plot, so that the label of the longest bar still fits. */
  labels: 160,
  row: 26,
  bar: 16,
  /** Around the rows of a chapter. */
  padding: 16,
  /** Above the rows: the title of the chapter. */
  heading: 40,
  /** Below the rows: the labels of the axis. */
  axis: 26,
  /** Between two chapters. */
  gap: 14,
} as const;

/** Where the plot begins and ends. */
export const plot = {
  left: layout.margin + layout.padding + layout.names,
  right: layout.width - layout.margin - layout.padding - layout.labels,
} as const;
