// Shows the run of a point on one side of the session. Undo brings back what was.

import type { SeedlessSetup } from '../../experiments/definition/sweep';
import type { Session } from '../session/session';
import type { SideName } from '../session/state';

/** The whole setup of the point, so that a list that follows the parameter's value is as the sweep had it. */
export function openRun(session: Session, side: SideName, { values, interventions }: SeedlessSetup): void {
  const setup = { values, interventions };
  session.apply(side === 'b' ? { sideB: setup } : setup, { over: 'current' });
  session.edit(side);
}
