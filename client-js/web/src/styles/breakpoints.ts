// The widths and heights at which pages are laid out otherwise, by name: in styles as `@media (--narrow)`.
export const breakpoints = {
  /** A phone: the header's words go. */
  phone: '(max-width: 899px)',
  /** Too narrow for a grid: the board becomes cards, the panel a sheet. */
  narrow: '(max-width: 1099px)',
  desk: '(min-width: 1100px)',
  'small-desk': '(min-width: 1100px) and (max-width: 1379px)',
  /** So little height, as at 400 %, that what sticks to an edge would leave nothing between. */
  low: '(max-height: 480px)',
} as const;
