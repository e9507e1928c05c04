import { describe, expect, it } from 'vitest';
import { diagramOptions } from '../../src/css/diagrams';
import { diagramSize, inManner, narrowManner, wideManner } from '../../src/theme/Mermaid/diagramSize';

const chain = `flowchart LR
  accTitle: One server with a queue
  A[requests arrive] --> Q[queue: waiting time]
  Q --> S[server: service time]
  S --> R[reply]`;
const fan = `flowchart LR
  C[customers] --> B[load balancer]
  B --> S1[server 1]
  B --> S2[server 2]
  B --> S3[server 3]
  B --> S4[server 4, half speed]`;
const shop = `flowchart LR
  C[clients: timeout, retry] --> B[balancer] --> S[servers] --> K[cache] --> D[(database)]
  M((monkey)) -.-> S & K & D`;

/** As the library drew them, with the site's options. */
const drawn = [
  ['a chain', chain, 731, 68],
  ['a fan', fan, 537, 296],
  ['several shapes', shop, 732, 166],
] as const;

describe('the size of a diagram, before it is drawn', () => {
  it.each(drawn)('is near the truth: %s', (_, source, width, height) => {
    const size = diagramSize(source, wideManner);
    expect(Math.abs(size.width / width - 1)).toBeLessThan(0.1);
    expect(Math.abs(size.height / height - 1)).toBeLessThan(0.1);
  });

  it.each(drawn)('fits a phone without getting unreadable: %s', (_, source) => {
    expect(diagramSize(source, narrowManner(source)).width).toBeLessThan(400);
  });

  it('is that of the options in use', () => {
    const { direction: _, wrappingWidth: __, ...used } = wideManner;
    expect(diagramOptions.flowchart).toMatchObject(used);
  });

  it('grows with the lines of other diagrams', () => {
    const sequence = 'sequenceDiagram\n  A->>B: ask';
    expect(diagramSize(`${sequence}\n  B->>A: answer`, wideManner).height).toBeGreaterThan(diagramSize(sequence, wideManner).height);
    expect(inManner(sequence, narrowManner(sequence))).toBe(sequence);
  });
});

describe('a diagram on a phone', () => {
  it('is turned when it is a chain, and set closer when it is a fan', () => {
    expect(inManner(chain, narrowManner(chain))).toContain('flowchart TB\n  accTitle: One server');
    expect(inManner(fan, narrowManner(fan))).toMatch(/^%%\{init: .*"wrappingWidth":80.*\}%%\nflowchart LR/);
  });

  it('stays as it is where it already leads down', () => {
    const down = 'flowchart TB\n  A --> B';
    expect(inManner(down, narrowManner(down))).toBe(down);
  });
});
