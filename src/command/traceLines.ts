// A trace as JSON lines: first the parts and links, then a line for each record, in order.

import { fateNames, recordKinds, saidText, type Trace } from '@by-the-slice/simulation';

const kindNames = Object.keys(recordKinds);

export function* traceLines(trace: Trace): Iterable<string> {
  yield `${JSON.stringify({ parts: trace.partList.map(({ id, name, kind }) => ({ id, name, kind })), links: trace.links, horizonMs: trace.horizonMs })}\n`;
  for (let index = 0; index < trace.count; index++) {
    const kind = trace.kinds[index];
    const subject = trace.subjects[index];
    const line: Record<string, unknown> = {
      atMs: trace.timesMs[index],
      kind: kindNames[kind],
      part: trace.partList[trace.parts[index]]?.name,
    };
    if (kind === recordKinds.mark) line.text = saidText(trace.marks[subject], trace.partList);
    else if (kind === recordKinds.log) line.text = saidText(trace.log[subject], trace.partList);
    else if (kind === recordKinds.level) Object.assign(line, { level: trace.levelNames[subject], value: trace.values[index] });
    else if (kind === recordKinds.leave) Object.assign(line, { request: subject, fate: fateNames[trace.values[index]] });
    else Object.assign(line, { subject, value: trace.values[index] });
    yield `${JSON.stringify(line)}\n`;
  }
}
