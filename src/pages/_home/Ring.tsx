import { type ReactNode, useState } from 'react';
import styles from './ring.module.css';
import { cut, hash, type Slice } from './slices';

const KITCHENS = ['kitchen 10', 'kitchen 11', 'kitchen 12', 'kitchen 13', 'kitchen 14', 'kitchen 15'];
const LATE = 'kitchen 16';
const ORDERS = Array.from({ length: 40 }, (_, i) => `order ${i + 1}`);

const RIM = 190;
const RING = 238;
const TOPPING = 8.5;

const everyone = cut([...KITCHENS, LATE], ORDERS, LATE);

export default function Ring(): ReactNode {
  const [open, setOpen] = useState(true);
  const slices = open ? everyone : cut(KITCHENS, ORDERS, LATE);
  const moved = everyone.find((slice) => slice.joined)?.orders.length ?? 0;
  const stayed = ORDERS.length - moved;

  return (
    <figure className={styles.figure}>
      <svg viewBox="-264 -264 528 528" aria-hidden="true" className={styles.drawing}>
        <circle r={RING} className={styles.ring} />
        {slices
          .flatMap((slice) => slice.orders)
          .map((order) => {
            const [x1, y1] = point(order.at, RING - 5);
            const [x2, y2] = point(order.at, RING + 5);
            return <line key={order.name} x1={x1} y1={y1} x2={x2} y2={y2} className={styles.tick} />;
          })}
        {slices.map((slice) => (
          <SliceShape key={slice.server} slice={slice} />
        ))}
        {slices.map((slice) => {
          const [x, y] = point(slice.to, RING);
          return (
            <g key={slice.server} className={slice.joined ? styles.late : styles.server}>
              <circle cx={x} cy={y} r={17} />
              <text x={x} y={y} dy="0.36em">
                {slice.server.replace('kitchen ', '')}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className={styles.caption} aria-live="polite">
        {open ? (
          <>
            A hash ring with toppings. When kitchen 16 opens, <b>{moved}</b> of {ORDERS.length} orders move to it; the other <b>{stayed}</b>{' '}
            stay where they are.
          </>
        ) : (
          <>
            A hash ring with toppings. Without kitchen 16, its <b>{moved}</b> orders belong to the next kitchen clockwise; the other{' '}
            <b>{stayed}</b> of {ORDERS.length} never notice.
          </>
        )}{' '}
        <button type="button" className={styles.button} onClick={() => setOpen(!open)}>
          {open ? 'Close kitchen 16' : 'Open kitchen 16'}
        </button>
      </figcaption>
    </figure>
  );
}

function SliceShape({ slice }: { slice: Slice }): ReactNode {
  const [dx, dy] = slice.joined ? point((slice.from + slice.to) / 2, 24) : [0, 0];
  return (
    <g transform={`translate(${dx} ${dy})`} className={slice.joined ? styles.sliceLate : styles.slice}>
      <path d={wedge(slice.from, slice.to, RIM)} className={styles.crust} />
      <path d={wedge(slice.from, slice.to, RIM - 17)} className={styles.cheese} />
      {slice.orders.map((order) => {
        const [x, y] = point(order.at, depth(order.name, order.at));
        return <circle key={order.name} cx={x} cy={y} r={TOPPING} className={styles.topping} />;
      })}
    </g>
  );
}

/** How far from the middle a topping lies: anywhere on the cheese, but out where no cut goes through it, if there is such a place. */
function depth(name: string, at: number): number {
  const outermost = RIM - 17 - TOPPING - 6;
  const toCut = Math.min(...everyone.map(({ to }) => Math.abs(((at - to + 1.5) % 1) - 0.5)));
  const innermost = Math.min(outermost, Math.max(50, (TOPPING + 5) / Math.sin(Math.min(toCut, 0.25) * 2 * Math.PI)));
  return innermost + ((outermost - innermost) * hash(`${name} depth`)) / 2 ** 32;
}

/** A point at a share of the full turn, clockwise from the top. Rounded: every engine prints the same digits. */
function point(at: number, radius: number): [number, number] {
  const angle = at * 2 * Math.PI;
  return [round(Math.sin(angle) * radius), round(-Math.cos(angle) * radius)];
}

function wedge(from: number, to: number, radius: number): string {
  const [x1, y1] = point(from, radius);
  const [x2, y2] = point(to, radius);
  return `M0 0L${x1} ${y1}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
