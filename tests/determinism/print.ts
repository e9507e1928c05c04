// Entry of the bundle that other versions of Node run: one line of JSON for each setting.

import { digitsOfAll } from './settings';

for (const digits of await digitsOfAll(Number(process.argv[2] ?? 10))) console.log(JSON.stringify(digits));
