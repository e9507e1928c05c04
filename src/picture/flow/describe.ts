// The picture in words, for those who do not see it. Worst news first, and no more than can be listened to.

import { fates, type PartReplay, partStates, type ReplayState } from '@by-the-slice/simulation';
import { type FlowDescription, isInRotation } from '../flow';
import { connectionsOf } from './connections';

export function describeState(description: FlowDescription, state: ReplayState): string {
  const { request, requests } = description;
  const many = (count: number): string => `${count} ${count === 1 ? request : requests}`;
  const parts = state.parts.filter(({ exists }) => exists);
  const serving = parts.filter(({ part }) => part.concurrency > 0);
  const sentences: string[] = [];
  const down = parts.filter((part) => part.state === partStates.down);
  const slow = parts.filter((part) => part.state === partStates.slow);
  const paused = parts.filter((part) => part.state === partStates.paused);
  const out = parts.filter((part) => part.state !== partStates.down && !isInRotation(description, part));
  if (down.length > 0) sentences.push(`${listed(down)} ${down.length === 1 ? 'is' : 'are'} down.`);
  if (slow.length > 0) sentences.push(`${listed(slow)} ${slow.length === 1 ? 'runs' : 'run'} slow.`);
  if (paused.length > 0) sentences.push(`${listed(paused)} ${paused.length === 1 ? 'stands' : 'stand'} still.`);
  if (out.length > 0) sentences.push(`${listed(out)} ${out.length === 1 ? 'is' : 'are'} out of rotation.`);
  const longest = serving.reduce<PartReplay | undefined>(
    (best, part) => (!best || part.waiting.length > best.waiting.length ? part : best),
    undefined,
  );
  const waiting = serving.reduce((sum, part) => sum + part.waiting.length, 0);
  if (longest && longest.waiting.length > 0) {
    const elsewhere = waiting - longest.waiting.length;
    const verb = longest.waiting.length === 1 ? 'waits' : 'wait';
    sentences.push(
      `${many(longest.waiting.length)} ${verb} at ${inSentence(longest)}${elsewhere > 0 ? `, ${elsewhere} more elsewhere` : ''}.`,
    );
  } else if (serving.length > 0) sentences.push(`Nobody waits.`);
  const connected = connectionsInWords(description, state);
  if (connected) sentences.push(connected);
  const busy = serving.reduce((sum, part) => sum + part.busy, 0);
  if (serving.length > 0)
    sentences.push(busy === 0 ? 'Nothing is being served.' : `${many(busy)} ${busy === 1 ? 'is' : 'are'} being served.`);
  if (description.hasCounts) {
    const failed =
      state.fates[fates.failed] +
      state.fates[fates.lost] +
      state.fates[fates.rejected] +
      state.fates[fates.timedOut] +
      state.fates[fates.abandoned];
    sentences.push(`${state.fates[fates.completed]} served so far${failed > 0 ? `, ${failed} not` : ''}.`);
  }
  return sentences.join(' ');
}

/** By server, so that one hears how uneven it is. */
function connectionsInWords({ levelNames }: FlowDescription, state: ReplayState): string {
  const held = new Map<number, number>();
  for (const { server } of connectionsOf(levelNames, state.parts)) held.set(server, (held.get(server) ?? 0) + 1);
  if (held.size === 0) return '';
  const each = [...held].sort(([a], [b]) => a - b).map(([server, count]) => `${count} at ${inSentence(state.parts[server])}`);
  return `Connections: ${each.join(', ')}.`;
}

/** One part in a few words: "Server 3, down, 4 waiting". */
export function describePart(description: FlowDescription, part: PartReplay): string {
  const words: string[] = [part.part.label];
  if (part.part.concurrency > 0 || part.part.kind === 'cache') words.push(conditionOf(part));
  if (!isInRotation(description, part)) words.push('out of rotation');
  if (part.part.concurrency > 0) {
    words.push(`${part.busy} of ${part.part.concurrency} busy`, `${part.waiting.length} waiting`);
  } else if (part.holding.length > 0) words.push(`${part.holding.length} here`);
  const unread = part.levels[description.levelNames.indexOf('to read')];
  if (unread > 0) words.push(`${unread} to read`);
  const { server } = connectionsOf(description.levelNames, [part])[0] ?? {};
  if (server !== undefined) words.push(`connected to ${inSentence({ part: description.parts[server] })}`);
  return words.join(', ');
}

function conditionOf({ state, speedFactor }: PartReplay): string {
  if (state === partStates.down) return 'down';
  if (state === partStates.paused) return 'paused';
  const atSpeed = `at ${Math.round(speedFactor * 100)} % of its speed`;
  if (state === partStates.slow) return `slow, ${atSpeed}`;
  return state === partStates.warming ? `warming up, ${atSpeed}` : 'up';
}

function listed(parts: readonly PartReplay[]): string {
  const names = parts.map(({ part }) => part.label);
  if (names.length === 1) return names[0];
  if (names.length > 4) return `${names.length} parts (${names.slice(0, 3).join(', ')} and others)`;
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function inSentence({ part }: Pick<PartReplay, 'part'>): string {
  return part.label.charAt(0).toLowerCase() + part.label.slice(1);
}
