// One thing that was measured, with what it is to be and what a bare Docusaurus page has in its place.

export interface Figure {
  part: string;
  what: string;
  value: number;
  unit: string;
  /** Without one the figure is only told. */
  aim?: { atMost: number } | { atLeast: number };
  /** The same of something else, measured in turn with it. */
  partner?: { what: string; value: number };
}

/** null: there is nothing to meet. */
export function isMet({ value, aim }: Figure): boolean | null {
  if (!aim) return null;
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [figure.what, amount(figure.value, figure.unit), aimOf(figure), verdict(figure), partnerOf(figure)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  for (const [index, row] of rows.entries()) {
    const { part } = figures[index];
    if (part !== figures[index - 1]?.part) console.log(`\n${part}`);
    console.log(
      `  ${row.map((cell, column) => (column === 1 ? cell.padStart(widths[1]) : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd(),
    );
  }
  const judged = figures.map(isMet).filter((met) => met !== null);
  console.log(`\n${judged.filter(Boolean).length} of ${judged.length} aims are met.`);
}

const verdict = (figure: Figure): string => ({ true: 'met', false: 'NOT MET', null: '' })[`${isMet(figure)}`];

function aimOf({ aim, unit }: Figure): string {
  if (!aim) return '';
  return 'atMost' in aim ? `at most ${amount(aim.atMost, unit)}` : `at least ${amount(aim.atLeast, unit)}`;
}

function partnerOf({ partner, unit }: Figure): string {
  return partner ? `${partner.what}: ${amount(partner.value, unit)}` : '';
}

function amount(value: number, unit: string): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}
