// The frame's blocks and their sizes, with nothing in them. The static twin and the live frame both fill this one,
// so that nothing moves when the second takes the place of the first. Loads no experiment code.

import { translate } from '@docusaurus/Translate';
import { type CSSProperties, type ReactNode, type Ref, useId, useState } from 'react';
import type { ExperimentKind } from '../../experiments/definition/defineExperiment';
import styles from './frame.module.css';

interface FrameSkeletonProps {
  /** Of the experiment, as in the registry. */
  id: string;
  title: string;
  question: string;
  /** A calculation has no player: the block is left out. */
  kind: ExperimentKind;
  titleLevel?: number;
  /** Two sides are on stage: it gets higher, or wider. */
  compares?: boolean;
  /** For an experiment with a picture of its own: how high that is on a phone, in px. */
  narrowStage?: number;
  /** How many cells the strip of main results has (six at the most): decides its height on a phone. */
  stripCells: number;
  /** static: the twin. The others are the live frame's. */
  state: 'static' | 'running' | 'idle' | 'failed';
  /** Right of the title: seed, compare, share. */
  actions?: ReactNode;
  /** Fills a box of fixed height; the child may take 100 % of it. */
  stage: ReactNode;
  /** Laid over the top of the stage: takes no room of its own. */
  notices?: ReactNode;
  player?: ReactNode;
  /** On a phone folded behind a button. */
  controls?: ReactNode;
  strip?: ReactNode;
  tabs?: ReactNode;
  panel?: ReactNode;
  /** The panel may grow beyond its least height (charts). Otherwise it scrolls inside. */
  panelGrows?: boolean;
  /** Decisive moments of the run, as stills. Shown to readers who asked for less motion, and to others on demand. */
  film?: ReactNode;
  /** The strip of stills has its place in any case. */
  showsFilm?: boolean;
  /** For those who come by ear: what is here and how it stands. Seen by nobody. */
  summary?: ReactNode;
  /** On paper this stands in the place of all blocks. */
  paper?: ReactNode;
  /** Of no size: live region, dialogs. */
  extra?: ReactNode;
  rootRef?: Ref<HTMLElement>;
  rootData?: Record<`data-${string}`, string | number | undefined>;
  onKeyDown?: (event: React.KeyboardEvent<HTMLElement>) => void;
}

export function FrameSkeleton(props: FrameSkeletonProps): ReactNode {
  const headingId = useId();
  const Heading = `h${Math.min(6, Math.max(2, props.titleLevel ?? 3))}` as 'h3';
  return (
    <section
      ref={props.rootRef}
      className={styles.frame}
      tabIndex={-1}
      aria-labelledby={headingId}
      data-experiment={props.id}
      data-state={props.state}
      data-kind={props.kind}
      data-compares={props.compares ? 'yes' : undefined}
      data-paper={props.paper ? 'own' : undefined}
      style={sizesOf(props)}
      onKeyDown={props.onKeyDown}
      {...props.rootData}
    >
      <div className={styles.blocks}>
        <header className={styles.head}>
          <Heading id={headingId} className={styles.title}>
            {props.title}
          </Heading>
          <div className={styles.actions}>{props.actions}</div>
        </header>
        <p className={styles.question}>{props.question}</p>
        {props.summary}
        <div className={styles.stage} data-part="stage">
          {props.stage}
          {props.notices}
        </div>
        {props.kind === 'calculation' ? null : (
          <div className={styles.player} data-part="player">
            {props.player}
          </div>
        )}
        {props.kind === 'simulation' ? (
          <div className={styles.film} data-part="film" data-shown={props.showsFilm ? 'yes' : undefined}>
            {props.film}
          </div>
        ) : null}
        <ControlsSlot still={props.state === 'static'}>{props.controls}</ControlsSlot>
        <div className={styles.strip} data-part="strip">
          {props.strip}
        </div>
        <div className={styles.tabs}>{props.tabs}</div>
        <section
          className={styles.panel}
          aria-label={translate({ id: 'lab.frame.results', message: 'Results in full' })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it
          tabIndex={0}
          data-part="panel"
          data-grows={props.panelGrows ? 'yes' : undefined}
        >
          {props.panel}
        </section>
      </div>
      {props.extra}
      {props.paper}
    </section>
  );
}

function sizesOf({ stripCells, narrowStage }: FrameSkeletonProps): CSSProperties {
  const sizes: Record<`--${string}`, string | number> = { '--strip-rows': Math.ceil(stripCells / 2) };
  if (narrowStage !== undefined) sizes['--own-stage'] = `${narrowStage}px`;
  return sizes;
}

/** Beside the stage where there is room; behind a button where there is not. */
function ControlsSlot({ still, children }: { still: boolean; children?: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  const bodyId = useId();
  return (
    <fieldset
      className={styles.controls}
      aria-label={translate({ id: 'lab.frame.setup', message: 'Setup' })}
      // Without controls in it, only its own focus lets the keyboard scroll it.
      tabIndex={still ? 0 : undefined}
      data-part="controls"
      data-open={open ? 'yes' : 'no'}
    >
      <button type="button" className={styles.fold} aria-expanded={open} aria-controls={bodyId} onClick={() => setOpen(!open)}>
        <span aria-hidden="true" className={styles.foldSign} />
        {translate({ id: 'lab.frame.change', message: 'Change the setup' })}
      </button>
      <div id={bodyId} className={styles.controlsBody}>
        {children}
      </div>
    </fieldset>
  );
}
