// How the reader's predictions develop: one sign for each in the order given, numbers at the height at which they were too high or
// too low, and the first half against the second in words.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from './record.module.css';
import { developmentOf, factorOff, type inOrderGiven, kindWords } from './standing';

type Answered = ReturnType<typeof inOrderGiven>;

/** Powers of ten above and below a right answer that are drawn; what is farther off stands at the edge. */
const decades = 2;
/** With fewer there is no development to see. */
const fewest = 2;
/** Share of the picture's height that the scale takes; what is no number stands in a line of its own below. */
const scaleShare = 0.8;
const belowShare = 0.93;

export function Calibration({ given }: { given: Answered }): ReactNode {
  if (given.length < fewest) return null;
  const title = translate({ id: 'lab.record.calibration', message: 'How your predictions develop' });
  return (
    <section className={styles.calibration} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.chart} role="img" aria-label={given.map(({ verdict }) => kindWords(verdict.kind)).join(', ')}>
        {[100, 10, 1, 0.1, 0.01].map((factor) => (
          <Level key={factor} down={downOf(factor)} isMiddle={factor === 1} words={levelWords(factor)} />
        ))}
        <Level down={belowShare} isMiddle={false} words={translate({ id: 'lab.record.others', message: 'others' })} />
        <div className={styles.signs}>
          {given.map((row, index) => (
            <Sign key={row.asked.key} row={row} across={(index + 0.5) / given.length} />
          ))}
        </div>
      </div>
      <p className={styles.quiet}>
        {translate({
          id: 'lab.record.signs',
          message:
            'From left to right in the order of your answers: ● right, ◇ near, ✕ off. A number stands as far up or down as it was too high or too low; choices and curves stand below.',
        })}
      </p>
      <p>{developmentWords(given)}</p>
    </section>
  );
}

function levelWords(factor: number): string {
  if (factor === 1) return translate({ id: 'lab.record.exact', message: 'exact' });
  return factor > 1 ? `× ${factor}` : `÷ ${Math.round(1 / factor)}`;
}

function Level({ down, isMiddle, words }: { down: number; isMiddle: boolean; words: string }): ReactNode {
  return (
    <p className={styles.level} data-middle={isMiddle ? '' : undefined} style={{ insetBlockStart: `${down * 100}%` }}>
      <span>{words}</span>
    </p>
  );
}

/** How far down a number stands that was so many times too high, as a share of the height. */
function downOf(factor: number): number {
  const up = Math.max(-decades, Math.min(decades, Math.log10(factor)));
  return scaleShare * (0.5 - 0.45 * (up / decades));
}

function Sign({ row, across }: { row: Answered[number]; across: number }): ReactNode {
  const factor = factorOff(row);
  const { kind } = row.verdict;
  const style = { insetInlineStart: `${across * 100}%`, insetBlockStart: `${(factor === null ? belowShare : downOf(factor)) * 100}%` };
  return (
    <svg className={styles.sign} data-kind={kind} style={style} viewBox="-8 -8 16 16" aria-hidden="true">
      {kind === 'right' ? <circle r="5.5" /> : <path d={kind === 'near' ? 'M0 -6 L6 0 L0 6 L-6 0 Z' : 'M-5 -5 L5 5 M5 -5 L-5 5'} />}
    </svg>
  );
}

function developmentWords(given: Answered): string {
  const development = developmentOf(given);
  if (!development) {
    return translate({ id: 'lab.record.tooFew', message: 'With six answers and more, this says whether you come closer.' });
  }
  const { earlier, later } = development;
  return translate(
    {
      id: 'lab.record.development',
      message:
        'Of your first {earlierAnswered} answers {earlierRight} were right and {earlierNear} near; of your last {laterAnswered}, {laterRight} and {laterNear}.',
    },
    {
      earlierAnswered: earlier.answered,
      earlierRight: earlier.right,
      earlierNear: earlier.near,
      laterAnswered: later.answered,
      laterRight: later.right,
      laterNear: later.near,
    },
  );
}
