import { measureExperiment } from '../src/experiments/definition/run';
import { settle } from '../src/experiments/definition/settings';
import { loadExperiment } from '../src/experiments/registry';

void (async () => {
  const d = await loadExperiment('load-balancing' as never);
  const setup = settle(d, { values: {}, seed: 1 } as never);
  const n = Number(process.env.RUNS ?? 320);
  for (let i = 0; i < 100; i++) measureExperiment(d, { ...setup, seed: i });
  const t = performance.now();
  const c = process.cpuUsage();
  for (let i = 0; i < n; i++) measureExperiment(d, { ...setup, seed: i });
  const e = process.cpuUsage(c);
  if (!process.env.QUIET)
    console.log(
      'ms a run',
      ((performance.now() - t) / n).toFixed(3),
      'user',
      (e.user / n / 1000).toFixed(3),
      'sys',
      (e.system / n / 1000).toFixed(3),
    );
  (globalThis as any).finished = true;
})();
