// The worker: takes a request, runs it, hands the result over.

import { answer, transferables } from './execute';
import type { FromWorker, ToWorker } from './messages';

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

scope.onmessage = async (event) => {
  const message = await answer(event.data);
  scope.postMessage(message, transferables(message));
};
scope.postMessage({ kind: 'ready' }, []);
