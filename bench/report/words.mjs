// Numbers as they are printed.
export const inWords = (value, digits) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** median [min–max]; the median alone where all rounds agree to the last digit that is told. */
export function spreadInWords({ median, min, max }, digits) {
  const [middle, least, most] = [median, min, max].map((value) => inWords(value, digits));
  return least === most ? middle : `${middle} [${least}–${most}]`;
}

export const machineInWords = ({ cpu, cores, memoryGiB, kernel, distribution }) =>
  `${cores} cores of ${cpu}, ${memoryGiB} GiB, ${kernel}, ${distribution}`;
