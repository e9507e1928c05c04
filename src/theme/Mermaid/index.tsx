import Mermaid from '@theme-original/Mermaid';
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  value: string;
}

/**
 * A diagram is drawn when it comes near the screen: a page whose diagram is never reached never loads the drawing library.
 * The box has a height before, so that the text below does not jump far, and says in words what the diagram shows.
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
    <figure className="diagram" ref={box} style={near ? undefined : { minHeight: `${guessHeight(props.value)}px` }}>
      {near ? <Mermaid {...props} /> : <p className="diagram-words">{description(props.value)}</p>}
    </figure>
  );
}

function description(source: string): string {
  const line =
    /^\s*accDescr\s*:\s*(.+)$/m.exec(source) ?? /accDescr\s*\{([^}]*)\}/.exec(source) ?? /^\s*accTitle\s*:\s*(.+)$/m.exec(source);
  return line?.[1]?.trim() ?? '';
}

/** Left-to-right diagrams are low, others grow with their lines. */
function guessHeight(source: string): number {
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !/^\s*acc(Title|Descr)/.test(line)).length;
  return /^\s*(flowchart|graph)\s+(LR|RL)/m.test(source) ? 160 : Math.min(560, 60 + lines * 40);
}
