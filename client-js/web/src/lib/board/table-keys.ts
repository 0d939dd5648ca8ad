// Arrow keys from button to button, or from field to field, of a table, over rows and cells that have none.

const steps: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export function moveInTable(event: KeyboardEvent, control: 'button' | 'input' = 'button'): void {
  const step = steps[event.key];
  const cell = (event.target as Element).closest('td');
  const table = cell?.closest('table');
  if (!step || !cell || !table) return;
  event.preventDefault();
  nextControl(table, cell, step, control)?.focus();
}

function nextControl(
  table: HTMLTableElement,
  from: HTMLTableCellElement,
  [down, right]: [number, number],
  control: 'button' | 'input',
) {
  let row = (from.parentElement as HTMLTableRowElement).rowIndex + down;
  let column = from.cellIndex + right;
  for (; table.rows[row]; row += down, column += right) {
    const cell = table.rows[row]!.cells[column];
    const found = cell?.querySelector(control);
    if (found && cell?.tagName === 'TD') return found;
    if (!cell && right !== 0) return null;
  }
  return null;
}

/** The cell at which Tab stops in this table: the one that had the focus last. */
export function stopAt(table: HTMLElement, cell: HTMLElement): void {
  if (!cell.matches('td button')) return;
  for (const before of table.querySelectorAll('td button[tabindex="0"]')) before.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
}

/** Sees to it that there is such a cell, also when rows and days come and go: the first with which something can be done. */
export function keepTabStop(table: HTMLElement): () => void {
  const ensure = () => {
    if (table.querySelector('td button[tabindex="0"]')) return;
    const first =
      table.querySelector<HTMLElement>('td button:not([aria-disabled])') ?? table.querySelector('td button');
    if (first) stopAt(table, first as HTMLElement);
  };
  const observer = new MutationObserver(ensure);
  observer.observe(table, { childList: true, subtree: true });
  ensure();
  return () => observer.disconnect();
}
