// Everything that can be taken along, as data: groups of rows, each with the forms it comes in. Asked again at every click, so that
// what is taken is what is on screen then. Each says what became of it; what could not be handed over is shown instead.

import { translate } from '@docusaurus/Translate';
import { clockText } from '../player/clockText';
import { chartDrawing } from './chartDrawing';
import { citation } from './citation';
import { commandLine } from './commandLine';
import { saveFile } from './deliver';
import type { Drawing } from './drawing';
import { svgFile } from './drawing';
import { embedCode } from './embedCode';
import { experimentTag } from './experimentTag';
import { copied, pngSaved, saved, type Told } from './handing';
import { pictureDrawing } from './pictureDrawing';
import { themeOfPage } from './pngFile';
import { runData } from './runData';
import { runTable } from './runTable';
import { fileName, linkOf, type Taken, type TakenSide } from './taken';
import { otlpFiles, prometheusFile } from './telemetry';

export interface Offer {
  id: string;
  /** On its button: "CSV". */
  name: string;
  take: () => Told | Promise<Told>;
}

interface OfferRow {
  id: string;
  label: string;
  offers: Offer[];
}

export interface OfferGroup {
  title: string;
  rows: OfferRow[];
}

/** Where the experiment stands. */
interface Place {
  /** Of the page, without a fragment. */
  page: string;
  /** Of its frame for other sites. */
  embed: string;
  heightPx: number;
  version: string;
}

export function offersOf(taken: Taken, place: Place): OfferGroup[] {
  const groups = [
    { title: translate({ id: 'lab.take.run', message: 'This run' }), rows: dataRows(taken, place) },
    { title: translate({ id: 'lab.take.pictures', message: 'Pictures' }), rows: [...pictureRows(taken), ...chartRows(taken)] },
    { title: translate({ id: 'lab.take.elsewhere', message: 'To use it elsewhere' }), rows: textRows(taken, place) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

function dataRows(taken: Taken, { page }: Place): OfferRow[] {
  const address = `${page}#${linkOf(taken)}`;
  const rows: OfferRow[] = [
    {
      id: 'run',
      label:
        taken.sides.length > 1
          ? translate({ id: 'lab.take.bothSides', message: 'Values and results, both sides' })
          : translate({ id: 'lab.take.values', message: 'Values and results' }),
      offers: [
        { id: 'csv', name: 'CSV', take: () => saved(fileName(taken, 'run', 'csv'), runTable(taken, address), 'text/csv') },
        { id: 'json', name: 'JSON', take: () => saved(fileName(taken, 'run', 'json'), runData(taken, address), 'application/json') },
      ],
    },
  ];
  if (taken.sides.some(({ result }) => result.trace))
    rows.push({
      id: 'telemetry',
      label: translate({ id: 'lab.take.telemetry', message: 'Log, metrics and traces for OpenTelemetry' }),
      offers: [{ id: 'otlp', name: 'OTLP', take: () => saveTelemetry(taken) }],
    });
  rows.push({
    id: 'metrics',
    label: translate({ id: 'lab.take.prometheus', message: 'Metrics for Prometheus' }),
    offers: [
      {
        id: 'prometheus',
        name: translate({ id: 'lab.take.text', message: 'Text' }),
        take: () => saved(fileName(taken, 'metrics', 'prom'), prometheusFile(taken), 'text/plain'),
      },
    ],
  });
  return rows;
}

function saveTelemetry(taken: Taken): Told {
  const { files, share } = otlpFiles(taken);
  for (const { what, text } of files) saveFile(fileName(taken, what, 'json'), text, 'application/json');
  const all = translate(
    {
      id: 'lab.take.severalSaved',
      message:
        '{count} files saved. If fewer have come, your browser asks whether this page may save several: say yes, and take them again.',
    },
    { count: String(files.length) },
  );
  const some = translate(
    { id: 'lab.take.sampled', message: 'There are too many requests for one file: the traces hold about one in {every}.' },
    { every: String(Math.round(1 / share)) },
  );
  return { text: share < 1 ? `${all} ${some}` : all };
}

function pictureRows(taken: Taken): OfferRow[] {
  return taken.sides
    .filter(({ result }) => result.drawing !== undefined || result.trace)
    .map((one) => ({
      id: `picture-${one.side}`,
      label: pictureLabel(taken, one),
      offers: imageOffers(taken, one.side === 'a' ? 'picture' : 'picture-b', () => pictureDrawing(taken, one, sourceOf(taken, one))),
    }));
}

function pictureLabel(taken: Taken, { side }: TakenSide): string {
  const time = timeOf(taken);
  const named = taken.sides.length > 1;
  const values = { side: side.toUpperCase(), time };
  if (time === '')
    return named
      ? translate({ id: 'lab.take.pictureOfSide', message: 'The picture of side {side}' }, values)
      : translate({ id: 'lab.take.picture', message: 'The picture' });
  return named
    ? translate({ id: 'lab.take.pictureOfSideAt', message: 'The picture of side {side} at {time}' }, values)
    : translate({ id: 'lab.take.pictureAt', message: 'The picture at {time}' }, values);
}

function chartRows(taken: Taken): OfferRow[] {
  const [a, b] = taken.sides.map(({ result }) => result);
  const horizonMs = Math.max(a.horizonMs, b?.horizonMs ?? 0);
  return Object.entries(taken.definition.charts)
    .filter(([id]) => a.charts[id])
    .map(([id, definition]) => ({
      id: `chart-${id}`,
      label: translate({ id: 'lab.take.chart', message: 'Chart: {title}' }, { title: definition.title }),
      offers: imageOffers(taken, `chart-${id}`, () =>
        chartDrawing({ definition, a: a.charts[id], b: b?.charts[id], horizonMs, source: sourceOf(taken) }),
      ),
    }));
}

function imageOffers(taken: Taken, what: string, draw: () => Drawing | null): Offer[] {
  const nothing: Told = {
    text: translate({ id: 'lab.take.nothingToDraw', message: 'There is nothing to draw: no part of the system was recorded.' }),
  };
  return [
    {
      id: 'svg',
      name: 'SVG',
      take: () => {
        const drawing = draw();
        return drawing ? saved(fileName(taken, what, 'svg'), svgFile(drawing, themeOfPage()), 'image/svg+xml') : nothing;
      },
    },
    {
      id: 'png',
      name: 'PNG',
      take: () => {
        const drawing = draw();
        return drawing ? pngSaved(fileName(taken, what, 'png'), drawing) : nothing;
      },
    },
  ];
}

function textRows(taken: Taken, place: Place): OfferRow[] {
  const { definition, sides } = taken;
  const copy = translate({ id: 'lab.take.copy', message: 'Copy' });
  const row = (id: string, label: string, text: () => string, extra?: string): OfferRow => ({
    id,
    label,
    offers: [{ id: 'copy', name: copy, take: () => copied(text(), extra) }],
  });
  const rows = [
    row(
      'command',
      translate({ id: 'lab.take.command', message: 'The command line that runs it' }),
      () => sides.map(({ result }) => commandLine(definition, result)).join('\n'),
      sides.length > 1 ? translate({ id: 'lab.take.twoCommands', message: 'Two commands: side A, then side B.' }) : undefined,
    ),
  ];
  const tag = experimentTag(taken);
  if (tag !== null) rows.push(row('tag', translate({ id: 'lab.take.tag', message: 'The tag for a page of this course (MDX)' }), () => tag));
  const { embed, heightPx, version, page } = place;
  rows.push(
    row('embed', translate({ id: 'lab.take.embed', message: 'The frame for another site (HTML)' }), () =>
      embedCode({ address: embed, fragment: linkOf(taken), title: `${definition.title}: ${definition.question}`, heightPx }),
    ),
    row('cite', translate({ id: 'lab.take.cite', message: 'How to cite it' }), () => citation(taken, version, `${page}#${linkOf(taken)}`)),
  );
  return rows;
}

/** "Load balancing, side B, at 12.4 s. Seed 7, run 1a2b3c4d. Distributed Systems by the Slice." */
function sourceOf(taken: Taken, one?: TakenSide): string {
  const { definition, sides, seed } = taken;
  const side = one && sides.length > 1 ? ` ${one.side.toUpperCase()}` : '';
  const time = one ? timeOf(taken) : '';
  const runs = (one ? [one] : sides).map(({ result }) => result.traceHash.slice(0, 8)).join(' / ');
  const values = { title: definition.title + side, time, seed: String(seed), runs };
  return time === ''
    ? translate({ id: 'lab.take.source', message: '{title}. Seed {seed}, run {runs}. Distributed Systems by the Slice.' }, values)
    : translate(
        { id: 'lab.take.sourceAt', message: '{title} at {time}. Seed {seed}, run {runs}. Distributed Systems by the Slice.' },
        values,
      );
}

function timeOf({ definition, sides, cursorMs }: Taken): string {
  if (cursorMs === undefined) return '';
  const horizonMs = Math.max(...sides.map(({ result }) => result.horizonMs));
  return clockText(cursorMs, horizonMs, definition.clock?.unit ?? 's');
}
