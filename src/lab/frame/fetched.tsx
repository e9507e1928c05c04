// A component whose code is fetched when it is first shown. React remembers a failed load for ever; here the guard around it makes
// it forgotten, so that the next attempt asks the network again. Not before: a browser without a network would ask without end.

import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import { NotLoaded } from '../page/notLoaded';

type Loader<Props> = () => Promise<{ default: ComponentType<Props> }>;

export function fetched<Props extends object>(load: Loader<Props>): (props: Props) => ReactNode {
  let Current = attempt();
  function attempt(): LazyExoticComponent<ComponentType<Props>> {
    return lazy(() =>
      load().catch((cause: unknown) => {
        throw new NotLoaded(cause, () => {
          Current = attempt();
        });
      }),
    );
  }
  return function Fetched(props) {
    return <Current {...props} />;
  };
}
