// Arrow keys from button to button of a table, over rows and cells that have none.

const steps: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export function moveInTable(event: KeyboardEvent): void {
  const step = steps[event.key];
  const cell = (event.target as Element).closest('td');
  const table = cell?.closest('table');
  if (!step || !cell || !table) return;
  event.preventDefault();
  nextButton(table, cell, step)?.focus();
}

function nextButton(table: HTMLTableElement, from: HTMLTableCellElement, [down, right]: [number, number]) {
  let row = (from.parentElement as HTMLTableRowElement).rowIndex + down;
  let column = from.cellIndex + right;
  for (; table.rows[row]; row += down, column += right) {
    const cell = table.rows[row]!.cells[column];
    const button = cell?.querySelector('button');
    if (button && cell?.tagName === 'TD') return button;
    if (!cell && right !== 0) return null;
  }
  return null;
}
