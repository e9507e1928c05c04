// A real button over every part of the picture: by Tab to the fleet, by arrow keys from part to part, by name to a screen
// reader. Nothing of it is seen but the focus ring. Labels are brought up to date when somebody may read them, not per frame.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { partBoxes } from '../../picture/flow';
import type { FlowPicture } from '../../picture/flowPicture';
import type { Size } from '../../picture/shapes';
import type { Clock } from './clock';
import { nearest } from './nearest';
import styles from './stage.module.css';

interface PartButtonsProps {
  picture: FlowPicture;
  size: Size;
  clock: Clock;
  /** What the group is called: "Parts of the system, side A". */
  label: string;
  /** Without it a button only tells its part's state. */
  onPick?: (name: string, button: HTMLElement) => void;
}

const leastSide = 24;
const relabelEveryMs = 1000;

export function PartButtons({ picture, size, clock, label, onPick }: PartButtonsProps): ReactNode {
  const group = useRef<HTMLDivElement>(null);
  const boxes = partBoxes(picture.description, size);
  const [chosen, setChosen] = useState(0);
  const current = Math.min(chosen, boxes.length - 1);

  useEffect(() => {
    const relabel = (): void => {
      const cursorMs = clock.cursorMs();
      for (const button of group.current?.querySelectorAll<HTMLElement>('button') ?? []) {
        const text = picture.describePartAt(cursorMs, Number(button.dataset.partId));
        const name = button.firstElementChild;
        if (name && name.textContent !== text) name.textContent = text;
      }
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onClock = (): void => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          relabel();
        },
        clock.isPlaying() ? relabelEveryMs : 50,
      );
    };
    relabel();
    const stop = clock.subscribe(onClock);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [clock, picture]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = nearest(boxes, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(next);
    group.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons over a picture is no form's fieldset
    <div ref={group} role="group" aria-label={label} className={styles.buttons} onKeyDown={onKeyDown}>
      {boxes.map(({ name, id, x, y, width, height }, index) => {
        const [wide, high] = [Math.max(leastSide, width), Math.max(leastSide, height)];
        return (
          <button
            key={name}
            type="button"
            className={styles.part}
            data-part-button=""
            data-part-name={name}
            data-part-id={id}
            aria-haspopup={onPick ? 'menu' : undefined}
            tabIndex={index === current ? 0 : -1}
            style={{
              insetInlineStart: x - (wide - width) / 2,
              insetBlockStart: y - (high - height) / 2,
              inlineSize: wide,
              blockSize: high,
            }}
            onFocus={() => setChosen(index)}
            onClick={(event) => onPick?.(name, event.currentTarget)}
          >
            <span className={styles.told} />
          </button>
        );
      })}
    </div>
  );
}
