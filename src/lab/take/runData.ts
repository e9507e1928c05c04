// The run as JSON: everything that came out, in words and units, and everything needed to make it come out again. It begins like an
// experiment's file (share/experimentFile.ts), so it can be opened again too.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { experimentFile } from '../share/experimentFile';
import { saidText } from '../words/saidText';
import { commandLine } from './commandLine';
import { experimentTag } from './experimentTag';
import { shownValues } from './shownValues';
import { stateOf, type Taken, type TakenSide } from './taken';

export function runData(taken: Taken, address: string): string {
  const { definition, sides } = taken;
  const data = {
    ...experimentFile(definition, stateOf(taken)),
    title: definition.title,
    question: definition.question,
    reproduce: {
      address,
      commands: sides.map(({ result }) => commandLine(definition, result)),
      tag: experimentTag(taken),
    },
    sides: Object.fromEntries(sides.map((side) => [side.side, sideData(definition, side)])),
    charts: definition.charts,
    leavesOut: definition.leavesOut,
  };
  return `${JSON.stringify(data, null, 1)}\n`;
}

function sideData(definition: ExperimentDefinition, { result }: TakenSide) {
  const { values, interventions, horizonMs, traceHash, metrics, theory, accounts, table, charts, marks, skipped, notices, summary } =
    result;
  return {
    values: shownValues(definition, values),
    interventions,
    horizonMs,
    traceHash,
    summary,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([id, measured]) => {
        const { label, better } = definition.metrics[id] ?? {};
        return [id, { label, ...measured, ...(better ? { better } : {}) }];
      }),
    ),
    theory,
    accounts,
    ...(table ? { table } : {}),
    charts,
    marks: marks.map((mark) => ({
      atMs: mark.atMs,
      kind: mark.kind,
      ...(mark.part < 0 ? {} : { part: result.trace?.partList[mark.part]?.name }),
      text: saidText(result.trace, mark),
    })),
    ...(skipped.length > 0 ? { skipped } : {}),
    ...(notices.length > 0 ? { notices: notices.map(({ text }) => text) } : {}),
  };
}
