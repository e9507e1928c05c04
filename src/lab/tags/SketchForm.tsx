// How a curve is given: drawn on a grid, with a slider for each column for the keyboard, or written as numbers.

import { translate } from '@docusaurus/Translate';
import { type FormEvent, type ReactNode, useState } from 'react';
import { formatShort, unitAfter } from '../../experiments/definition/number';
import type { SketchAnswer } from '../../experiments/definition/twin';
import { fieldText } from '../words/typedNumber';
import { type AnswerFormProps, CommitButton, useAlive } from './AnswerForm';
import { SketchGrid } from './SketchGrid';
import styles from './sketch.module.css';
import { type Heights, missingIn } from './sketchHand';
import tags from './tags.module.css';
import { readNumber } from './verdict';

export function SketchForm(props: AnswerFormProps<SketchAnswer>): ReactNode {
  const { answer, given, labelledBy, commitWord, onCommit, onAgain, firstField } = props;
  const [drawn, setDrawn] = useState<Heights>(() => answer.points.map(() => null));
  const alive = useAlive();
  const locked = given !== null;
  const heights = given?.type === 'sketch' ? given.heights : drawn;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const missing = missingIn(drawn);
    if (locked) {
      setDrawn(heights);
      onAgain();
    } else if (missing.length > 0) onCommit(whatIsMissing(missing, answer));
    else onCommit({ type: 'sketch', heights: drawn as number[] });
  };
  return (
    <form className={tags.form} onSubmit={submit} aria-labelledby={labelledBy} noValidate>
      <SketchGrid answer={answer} heights={heights} locked={locked} alive={alive} firstField={firstField} onDraw={setDrawn} />
      <CommitButton locked={locked} alive={alive} word={commitWord} />
      {locked ? null : <NumberFields answer={answer} heights={heights} alive={alive} onDraw={setDrawn} />}
    </form>
  );
}

function whatIsMissing(missing: readonly number[], { points, x }: SketchAnswer): string {
  if (missing.length === points.length)
    return translate({ id: 'lab.tags.drawFirst', message: 'Draw a curve first, or write its numbers.' });
  const where = missing.map((index) => formatShort(points[index].x)).join(', ') + unitAfter(x.unit);
  return translate({ id: 'lab.tags.drawRest', message: 'Your curve has no height yet at {where}.' }, { where });
}

interface NumberFieldsProps {
  answer: SketchAnswer;
  heights: Heights;
  alive: boolean;
  onDraw: (heights: Heights) => void;
}

function NumberFields({ answer: { points, x, y }, heights, alive, onDraw }: NumberFieldsProps): ReactNode {
  return (
    <details className={styles.fields}>
      <summary>{translate({ id: 'lab.tags.asNumbers', message: 'Write it as numbers' })}</summary>
      <div className={styles.fieldGrid}>
        {points.map((point, index) => {
          const at = formatShort(point.x) + unitAfter(x.unit);
          return (
            <div key={point.x} className={styles.fieldCell}>
              <span aria-hidden="true">{at}</span>
              <NumberField
                label={translate({ id: 'lab.tags.heightAt', message: '{label} at {at}' }, { label: y.label, at })}
                height={heights[index]}
                alive={alive}
                onChange={(height) => onDraw(heights.map((old, other) => (other === index ? clipped(height, y.top) : old)))}
              />
            </div>
          );
        })}
      </div>
    </details>
  );
}

function clipped(height: number | null, top: number): number | null {
  return height === null ? null : Math.min(top, Math.max(0, height));
}

interface NumberFieldProps {
  label: string;
  height: number | null;
  alive: boolean;
  onChange: (height: number | null) => void;
}

/** What is being typed stays as it is until the field is left. */
function NumberField({ label, height, alive, onChange }: NumberFieldProps): ReactNode {
  const [text, setText] = useState<string | null>(null);
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      disabled={!alive}
      size={6}
      value={text ?? (height === null ? '' : fieldText(height))}
      onBlur={() => setText(null)}
      onChange={({ target }) => {
        setText(target.value);
        const read = readNumber(target.value);
        if (typeof read !== 'string') onChange(read.value);
        else if (target.value.trim() === '') onChange(null);
      }}
    />
  );
}
