import Mermaid from '@theme-original/Mermaid';
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  value: string;
}

/**
 * A diagram is drawn when it comes near the screen: a page whose diagram is never reached never loads the drawing library.
 * The box has its height from the start and keeps it, so that the text below never moves; until then it says in words what is shown.
 */
export default function LazyMermaid(props: Props): ReactNode {
  const box = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          setNear(true);
          observer.disconnect();
        }
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <figure className="diagram" ref={box} style={{ blockSize: `${heightOf(props.value)}px` }}>
      {near ? <Mermaid {...props} /> : <p className="diagram-words">{description(props.value)}</p>}
    </figure>
  );
}

function description(source: string): string {
  const line =
    /^\s*accDescr\s*:\s*(.+)$/m.exec(source) ?? /accDescr\s*\{([^}]*)\}/.exec(source) ?? /^\s*accTitle\s*:\s*(.+)$/m.exec(source);
  return line?.[1]?.trim() ?? '';
}

/** Left-to-right diagrams are as high as the most arrows that one node has; others grow with their lines. The drawing is fitted in. */
function heightOf(source: string): number {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !/^\s*acc(Title|Descr)/.test(line));
  if (!/^\s*(flowchart|graph)\s+(LR|RL)/m.test(source)) return Math.min(560, 60 + lines.length * 40);
  const arrows = new Map<string, number>();
  for (const line of lines.slice(1)) {
    const [from, ...rest] = line.trim().split(/\s*(?:-->|-\.+->|-\.[^.]*\.->|==>)\s*/);
    const node = /^\w+/.exec(from)?.[0] ?? from;
    arrows.set(node, (arrows.get(node) ?? 0) + (rest.at(-1)?.split('&').length ?? 0));
  }
  return 70 + 58 * Math.max(1, ...arrows.values());
}
