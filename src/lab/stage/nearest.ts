// Arrow keys on a picture: the next part in that direction, the nearest first, what lies straight ahead before what lies aside.

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const directions: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Index of the box to go to, or undefined when the key means nothing here. Home and End go to the first and the last. */
export function nearest(boxes: readonly Box[], from: number, key: string): number | undefined {
  if (boxes.length === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return boxes.length - 1;
  const direction = directions[key];
  if (!direction) return undefined;
  const [dx, dy] = direction;
  const here = middle(boxes[from]);
  let best = from;
  let bestCost = Infinity;
  boxes.forEach((box, index) => {
    const there = middle(box);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (index === from || ahead < 1) return;
    const cost = ahead + 2 * aside;
    if (cost < bestCost) {
      bestCost = cost;
      best = index;
    }
  });
  return best;
}

function middle({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
