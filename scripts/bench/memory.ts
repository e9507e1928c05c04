// Ten million requests without a trace, in a process of its own: how much memory it ever held, beyond that of an empty one.

import { rho, servers } from './contestants';
import { engineStation } from './engine';

const requests = Number(process.argv[2]);
engineStation(requests, servers, rho, 1);
console.log(process.resourceUsage().maxRSS / 1024);
