/** A function of one text that remembers its answers. For few different texts: nothing is forgotten. */
export function memo<Result>(make: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) known.set(text, (result = make(text)));
    return result;
  };
}
