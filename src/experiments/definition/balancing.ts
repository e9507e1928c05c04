// The policies that a reader can choose from: what each is called, what it knows, and which part of the package it is.
// In lists they stand by what they know; in links they are told by name, and live changes by place, so new ones come last.

import {
  envoyLeastRequest,
  envoyMaglev,
  envoyRingHash,
  haproxyLeastconn,
  haproxyRoundRobin,
  haproxyStatic,
  ipHash,
  jumpHashed,
  leastConnections,
  leastResponseTime,
  nginxConsistentHash,
  nginxUriHash,
  type PolicyOf,
  peakEwma,
  powerOfChoices,
  powerOfTwo,
  randomChoice,
  rendezvousHashed,
  roundRobin,
  smoothWeighted,
  weightedRandom,
} from '@by-the-slice/simulation';

export const policyNames = {
  'round-robin': 'round robin',
  'smooth-weighted': 'weighted round robin (nginx)',
  random: 'random',
  'weighted-random': 'weighted random',
  'least-connections': 'least connections (nginx)',
  'power-of-two': 'power of two choices',
  'ip-hash': 'IP hash (nginx)',
  'haproxy-roundrobin': 'HAProxy roundrobin',
  'haproxy-static-rr': 'HAProxy static-rr',
  'haproxy-leastconn': 'HAProxy leastconn',
  'power-of-d': 'power of d choices',
  'envoy-least-request': 'Envoy least request',
  'envoy-full-scan': 'Envoy full scan',
  'least-response-time': 'least response time',
  'peak-ewma': 'peak EWMA',
  'uri-hash': 'URI hash (nginx)',
  ketama: 'ketama ring (nginx)',
  'ring-hash': 'ring hash (Envoy)',
  maglev: 'Maglev (Envoy)',
  jump: 'jump hash',
  rendezvous: 'rendezvous hash',
} as const;
export type PolicyName = keyof typeof policyNames;

export const policyHelp: Record<PolicyName, string> = {
  'round-robin': 'Each server in turn.',
  'smooth-weighted': 'Turns by weight. A heavy server’s turns are spread out among the others.',
  random: 'Any server, each as likely as the others.',
  'weighted-random': 'A server by chance. One of twice the weight is twice as likely.',
  'least-connections': 'The server with the fewest open requests for its weight; the tied ones take turns.',
  'power-of-two': 'Of two servers picked by chance, the one with fewer open requests.',
  'ip-hash': 'The server is computed from the first three numbers of the client’s address.',
  'haproxy-roundrobin': 'Turns by weight, with places on a line. Weights may change while it runs.',
  'haproxy-static-rr': 'Turns by weight, from a table that is written before the first request.',
  'haproxy-leastconn': 'The fewest open requests for its weight; an idle server comes before all others.',
  'power-of-d': 'Of several servers picked by chance, the one with the fewest open requests.',
  'envoy-least-request':
    'Equal weights: the less busy of two by chance. Unequal: turns, with each weight divided by the open requests + 1.',
  'envoy-full-scan': 'Least request that looks at all servers; chance decides among the tied. Weights do not count here.',
  'least-response-time': 'The least mean response time × (open requests + 1). Errors do not count as responses.',
  'peak-ewma':
    'As Finagle and Linkerd do it. Of two by chance, the lower cost: a recent response time that jumps up with each slow reply and fades slowly, × (open requests + 1).',
  'uri-hash': 'The hash of the key, divided by the number of servers: the remainder names the server.',
  ketama: 'Every server stands at many points of a circle. The next one clockwise from the key’s hash takes it.',
  'ring-hash': 'A circle of at least 1,024 points, shared among the servers. The next one after the key’s hash takes it.',
  maglev: 'A table of 65,537 places that the servers fill in turn. The key’s hash names the place.',
  jump: 'A short computation leads from the key’s hash to the number of a server, without any table.',
  rendezvous: 'Every server bids for the key with a hash of both. The highest bid takes it.',
};

export const policyGroups = {
  turns: 'In turn',
  chance: 'By chance',
  open: 'By open requests',
  time: 'By response time',
  client: 'By the client',
  key: 'By the key',
} as const;

const groups: Record<keyof typeof policyGroups, readonly PolicyName[]> = {
  turns: ['round-robin', 'smooth-weighted', 'haproxy-roundrobin', 'haproxy-static-rr'],
  chance: ['random', 'weighted-random'],
  open: ['least-connections', 'haproxy-leastconn', 'envoy-full-scan', 'power-of-two', 'power-of-d', 'envoy-least-request'],
  time: ['least-response-time', 'peak-ewma'],
  client: ['ip-hash'],
  key: ['uri-hash', 'ketama', 'ring-hash', 'maglev', 'jump', 'rendezvous'],
};

export function policyGroupOf(option: string): string {
  return Object.entries(groups).find(([, members]) => members.includes(option as PolicyName))?.[0] ?? 'turns';
}

export function isByKey(policy: string | undefined): boolean {
  return groups.key.includes(policy as PolicyName);
}

const weighted: readonly string[] = [
  'smooth-weighted',
  'weighted-random',
  'least-connections',
  'haproxy-roundrobin',
  'haproxy-static-rr',
  'haproxy-leastconn',
  'envoy-least-request',
] satisfies PolicyName[];

/** Policies that are told about the servers. The others could be, in part, but here they show what they find out themselves. */
export function isWeighted(policy: string | undefined): boolean {
  return policy !== undefined && weighted.includes(policy);
}

/** @param key from `RandomSource.key` @param choices of `power-of-d` alone */
export function policyOf(name: PolicyName, key: number, choices: number): PolicyOf {
  return makers[name](key, choices);
}

const makers: Record<PolicyName, (key: number, choices: number) => PolicyOf> = {
  'round-robin': () => roundRobin,
  'smooth-weighted': () => smoothWeighted,
  random: randomChoice,
  'weighted-random': weightedRandom,
  'least-connections': () => leastConnections(),
  'power-of-two': powerOfTwo,
  'ip-hash': () => ipHash,
  'haproxy-roundrobin': () => haproxyRoundRobin,
  'haproxy-static-rr': () => haproxyStatic,
  'haproxy-leastconn': () => haproxyLeastconn,
  'power-of-d': (key, choices) => powerOfChoices(key, { choices }),
  'envoy-least-request': (key) => envoyLeastRequest(key),
  'envoy-full-scan': (key) => envoyLeastRequest(key, { selection: 'full-scan' }),
  'least-response-time': () => leastResponseTime(),
  'peak-ewma': (key) => peakEwma(key),
  'uri-hash': () => nginxUriHash(),
  ketama: () => nginxConsistentHash(),
  'ring-hash': () => envoyRingHash(),
  maglev: () => envoyMaglev(),
  jump: () => jumpHashed(),
  rendezvous: () => rendezvousHashed(),
};
