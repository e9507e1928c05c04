// Numbers of requests in the order in which they came, with few copies: a ring that grows. The head leaves in one step;
// whoever leaves from the middle (gave up, last come first served) is looked for.

export class RequestLine {
  length = 0;
  private ring = new Uint32Array(8);
  private head = 0;

  /** Request at a place, 0 first. */
  at(place: number): number {
    return this.ring[(this.head + place) & (this.ring.length - 1)];
  }

  push(request: number): void {
    if (this.length === this.ring.length) this.resize(this.length * 2);
    this.ring[(this.head + this.length++) & (this.ring.length - 1)] = request;
  }

  /** Takes out the first with this number; false when there is none. */
  remove(request: number): boolean {
    const { ring, head } = this;
    const mask = ring.length - 1;
    for (let place = 0; place < this.length; place++) {
      if (ring[(head + place) & mask] !== request) continue;
      if (place === 0) this.head = (head + 1) & mask;
      else for (let at = place; at < this.length - 1; at++) ring[(head + at) & mask] = ring[(head + at + 1) & mask];
      this.length--;
      return true;
    }
    return false;
  }

  clear(): void {
    this.length = 0;
    this.head = 0;
  }

  toArray(): Uint32Array {
    const copy = new Uint32Array(this.length);
    for (let place = 0; place < this.length; place++) copy[place] = this.at(place);
    return copy;
  }

  fill(requests: Uint32Array): void {
    if (this.ring.length < requests.length) {
      let room = this.ring.length;
      while (room < requests.length) room *= 2;
      this.ring = new Uint32Array(room);
    }
    this.ring.set(requests);
    this.head = 0;
    this.length = requests.length;
  }

  private resize(room: number): void {
    const ring = new Uint32Array(room);
    for (let place = 0; place < this.length; place++) ring[place] = this.at(place);
    this.ring = ring;
    this.head = 0;
  }
}
