import type { Props } from '@theme/CodeBlock';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { loadNumberFont } from '../../lab/page/numberFont';

const Highlighted = lazy<ComponentType<Props>>(() => import('./Highlighted'));

/** Few pages show code, so what colors it is not among what all pages wait for. Until it has come, the code is plain. */
export default function CodeBlock(props: Props): ReactNode {
  useEffect(loadNumberFont, []);
  return (
    <Suspense fallback={<Plain {...props} />}>
      <Highlighted {...props} />
    </Suspense>
  );
}

function Plain({ children }: Props): ReactNode {
  return (
    <pre>
      <code>{children}</code>
    </pre>
  );
}
