// How a fault is taken back: by `end <verb>` where the part has one, otherwise by `restore`, as interventions are.

import type { System } from '../system';

export function undo(system: System, target: string, verb: string): void {
  const ending = `end ${verb}`;
  system.act(target, Object.hasOwn(system.verbsOf(target) ?? {}, ending) ? ending : 'restore');
}
