// What is said of several rounds.
const sorted = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const order = sorted(values);
  const middle = order.length >> 1;
  return order.length % 2 ? order[middle] : (order[middle - 1] + order[middle]) / 2;
}

/** {median, min, max} of the values; null if there are none. */
export function spread(values) {
  const known = values.filter(Number.isFinite);
  return known.length ? { median: median(known), min: Math.min(...known), max: Math.max(...known) } : null;
}

/** The value below which that share of them lies. */
export const quantile = (values, share) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
