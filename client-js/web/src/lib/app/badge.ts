// How much waits to be seen, on the icon of the installed pages: where the system shows such a number.

interface Badged {
  setAppBadge?: (count: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
}

export function showBadge(count: number, where: Badged = navigator as Badged): void {
  // Refused where the pages are not installed, or the person does not want it: nobody misses anything.
  const shown = count > 0 ? where.setAppBadge?.(count) : where.clearAppBadge?.();
  shown?.catch(() => undefined);
}
