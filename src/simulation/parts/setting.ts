// Something that can be set in the middle of a run: its value at the start, and the changes that hold. A change that ends gives
// way to the one before it, and takes nothing back that a later one has done.

export class Setting {
  private readonly changes: { index: number; value: number }[] = [];
  private now: number;

  constructor(
    private readonly atStart: number,
    private readonly carryOut: (value: number) => void,
  ) {
    this.now = atStart;
  }

  /** @param index of the intervention, by which it is ended */
  change(index: number, value: number): void {
    this.changes.push({ index, value });
    this.follow();
  }

  end(index: number): void {
    const at = this.changes.findIndex((change) => change.index === index);
    if (at < 0) return;
    this.changes.splice(at, 1);
    this.follow();
  }

  private follow(): void {
    const value = this.changes.length > 0 ? this.changes[this.changes.length - 1].value : this.atStart;
    if (value === this.now) return;
    this.now = value;
    this.carryOut(value);
  }
}
