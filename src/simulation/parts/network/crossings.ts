// How often each request has passed somewhere: with its number, that names a passing, so that the luck of each can be keyed by it.

export class Crossings {
  private readonly counts = new Map<number, number>();

  /** 0 at the first passing of a request, then 1, 2, … */
  next(request: number): number {
    const count = this.counts.get(request) ?? 0;
    this.counts.set(request, count + 1);
    return count;
  }
}
