// The picture in words, for those who do not see it. Worst news first, and no more than can be listened to.

import { fates, type PartReplay, partStates, type ReplayState, spoken } from '@by-the-slice/simulation';
import { type FlowDescription, isInRotation } from '../flow';
import { pictureWords as texts } from '../words';
import { connectionsOf } from './connections';

export function describeState(description: FlowDescription, state: ReplayState): string {
  const { request, requests } = description;
  const named = (count: number) => ({ count, requests: count === 1 ? request : requests });
  const parts = state.parts.filter(({ exists }) => exists);
  const serving = parts.filter(({ part }) => part.concurrency > 0);
  const sentences: string[] = [];
  const down = parts.filter((part) => part.state === partStates.down);
  const slow = parts.filter((part) => part.state === partStates.slow);
  const paused = parts.filter((part) => part.state === partStates.paused);
  const out = parts.filter((part) => part.state !== partStates.down && !isInRotation(description, part));
  sentences.push(...about(down, texts.isDown, texts.areDown), ...about(slow, texts.runsSlow, texts.runSlow));
  sentences.push(...about(paused, texts.standsStill, texts.standStill), ...about(out, texts.isOut, texts.areOut));
  const longest = serving.reduce<PartReplay | undefined>(
    (best, part) => (!best || part.waiting.length > best.waiting.length ? part : best),
    undefined,
  );
  const waiting = serving.reduce((sum, part) => sum + part.waiting.length, 0);
  if (longest && longest.waiting.length > 0) {
    const elsewhere = waiting - longest.waiting.length;
    const [one, several] = elsewhere > 0 ? [texts.waitsAtAndElsewhere, texts.waitAtAndElsewhere] : [texts.waitsAt, texts.waitAt];
    const words = { ...named(longest.waiting.length), part: inSentence(longest), elsewhere };
    sentences.push(spoken(longest.waiting.length === 1 ? one : several, words));
  } else if (serving.length > 0) sentences.push(spoken(texts.nobodyWaits));
  const connected = connectionsInWords(description, state);
  if (connected) sentences.push(connected);
  const busy = serving.reduce((sum, part) => sum + part.busy, 0);
  if (serving.length > 0)
    sentences.push(busy === 0 ? spoken(texts.nothingServed) : spoken(busy === 1 ? texts.isServed : texts.areServed, named(busy)));
  if (description.hasCounts) {
    const failed =
      state.fates[fates.failed] +
      state.fates[fates.lost] +
      state.fates[fates.rejected] +
      state.fates[fates.timedOut] +
      state.fates[fates.abandoned];
    sentences.push(spoken(failed > 0 ? texts.servedAndNot : texts.servedSoFar, { count: state.fates[fates.completed], failed }));
  }
  return sentences.join(' ');
}

/** By server, so that one hears how uneven it is. */
function connectionsInWords({ levelNames }: FlowDescription, state: ReplayState): string {
  const held = new Map<number, number>();
  for (const { server } of connectionsOf(levelNames, state.parts)) held.set(server, (held.get(server) ?? 0) + 1);
  if (held.size === 0) return '';
  const each = [...held]
    .sort(([a], [b]) => a - b)
    .map(([server, count]) => spoken(texts.connectionsAt, { count, part: inSentence(state.parts[server]) }));
  return spoken(texts.connections, { each: each.join(', ') });
}

/** One part in a few words: "Server 3, down, 4 waiting". */
export function describePart(description: FlowDescription, part: PartReplay): string {
  const words: string[] = [part.part.label];
  if (part.part.concurrency > 0 || part.part.kind === 'cache') words.push(conditionOf(part));
  if (!isInRotation(description, part)) words.push(spoken(texts.outOfRotation));
  if (part.part.concurrency > 0) {
    words.push(spoken(texts.busy, { count: part.busy, places: part.part.concurrency }));
    words.push(spoken(texts.waiting, { count: part.waiting.length }));
  } else if (part.holding.length > 0) words.push(spoken(texts.here, { count: part.holding.length }));
  const unread = part.levels[description.levelNames.indexOf('to read')];
  if (unread > 0) words.push(spoken(texts.toRead, { count: unread }));
  const { server } = connectionsOf(description.levelNames, [part])[0] ?? {};
  if (server !== undefined) words.push(spoken(texts.connectedTo, { part: inSentence({ part: description.parts[server] }) }));
  return words.join(', ');
}

function conditionOf({ state, speedFactor }: PartReplay): string {
  if (state === partStates.down) return spoken(texts.down);
  if (state === partStates.paused) return spoken(texts.paused);
  const percent = { percent: Math.round(speedFactor * 100) };
  if (state === partStates.slow) return spoken(texts.slowSpeed, percent);
  return state === partStates.warming ? spoken(texts.warmingSpeed, percent) : spoken(texts.up);
}

/** Nothing about no parts. */
function about(parts: readonly PartReplay[], one: string, several: string): string[] {
  return parts.length === 0 ? [] : [spoken(parts.length === 1 ? one : several, { parts: listed(parts) })];
}

function listed(parts: readonly PartReplay[]): string {
  const names = parts.map(({ part }) => part.label);
  if (names.length === 1) return names[0];
  if (names.length > 4) return spoken(texts.manyParts, { count: names.length, some: names.slice(0, 3).join(', ') });
  return spoken(texts.andLast, { most: names.slice(0, -1).join(', '), last: names[names.length - 1] });
}

function inSentence({ part }: Pick<PartReplay, 'part'>): string {
  return part.label.charAt(0).toLowerCase() + part.label.slice(1);
}
