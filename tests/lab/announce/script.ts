// What a reader hears of two experiments, as a script: on arrival, after a change, while a run plays through a crash, at the end.
// tests/lab/announce/script.test.ts holds the sentences to it, tests/browser/everyone.test.ts the page. A part in {braces}
// depends on the run: what stands there is looked up or matched as any number.

export interface Script {
  id: string;
  /** Set up before anything is heard, as in a link's fragment. */
  interventions: { atMs: number; verb: string; targets: string[]; untilMs?: number }[];
  /** In this order, at the head of the frame. */
  arrival: RegExp[];
  /** One press of the right arrow on the slider of this parameter. */
  change: { parameter: string; heard: RegExp };
  /** Messages of a run played from start to end, in this order; others may stand between them. */
  playing: RegExp[];
  end: RegExp;
}

const number = '[\\d.,\\s]+';

export const scripts: Script[] = [
  {
    id: 'load-balancing',
    interventions: [{ atMs: 30_000, verb: 'crash', targets: ['servers/2'], untilMs: 60_000 }],
    arrival: [
      /^On stage: Customers, Balancer and 4 × Server\. The run stands at [\d.]+ s of 120\.00 s\.$/,
      /^Setup: Policy .*; Servers 4\sservers; .*Arrival rate 14\s\/s; .*; seed 1\. Interventions: Crash Server 2 at 30\.00 s until 60\.00 s\.$/,
      /^Nothing has been changed yet\.$/,
      new RegExp(`^Results: p50 ${number}\\sms; p95 ${number}\\sms; p99 ${number}\\sms; goodput ${number}\\s/s\\.$`),
      /^Below: the parts of the system as buttons, the player, the controls, and the results\. Space plays/,
    ],
    change: {
      parameter: 'servers',
      heard: new RegExp(`^Servers is now 5\\sservers\\. New run: p50 ${number}\\sms; `),
    },
    playing: [/^At 3\d\.\d+ s: .*Server 2 crashed/, /Server 2 taken out of rotation/, /^At 6\d\.\d+ s: .*Server 2 is back/],
    end: new RegExp(`^The run has ended: p50 ${number}\\sms; `),
  },
  {
    id: 'chaos',
    interventions: [],
    arrival: [
      /^On stage: Customers, Clients, Balancer, 4 × Server, Cache and Database\. The run stands at [\d.]+ s of 120\.00 s\.$/,
      /^Setup: .*Health check on; .*; seed 1\.$/,
      /^Nothing has been changed yet\.$/,
      /^Results: answered well [\d.]+\s%; worst 5 s [\d.]+\s%; failed windows \d+; strikes \d+\.$/,
      /^Below: /,
    ],
    change: { parameter: 'servers', heard: /^Servers is now 5.*\. New run: answered well [\d.]+\s%; / },
    playing: [/^At [\d.]+ s: .*Server \d crashed/, /^At [\d.]+ s: .*Server \d is back/],
    end: /^The run has ended: answered well [\d.]+\s%; worst 5 s [\d.]+\s%; /,
  },
];
