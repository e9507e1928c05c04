// Entry of the bundle that JavaScriptCore's shell runs: it has `print` and neither console nor process.

import { digitsOfAll } from './settings';

declare const print: (line: string) => void;
declare const perExperiment: number;

digitsOfAll(perExperiment).then(
  (all) => {
    for (const digits of all) print(JSON.stringify(digits));
  },
  (error) => print(String(error)),
);
