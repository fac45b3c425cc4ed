/**
 * The layout of the picture, in pixels:
 *
 *     │ margin │ labels │ plot: 0 ms ........ the longest run │ room for its figures │ margin │
 */
export const layout = {
  width: 960,
  margin: 32,
  /** Where the first job begins, below the title. */
  top: 84,
  labels: 160,
  /** Right of the plot. */
  figures: 190,
  row: 34,
  bar: 20,
  /** Around what a job shows. */
  padding: 18,
  /** Above the bars: the name of the job and what it does. */
  heading: 64,
  /** Below the bars: the labels of the axis. */
  axis: 32,
  /** Between two jobs. */
  gap: 16,
} as const;

/** Where the plot begins and ends. */
export const plot = {
  left: layout.margin + layout.padding + layout.labels,
  right: layout.width - layout.margin - layout.padding - layout.figures,
} as const;
