// The page's own thread does what no worker can. The code for it comes when it is needed: where workers are, nobody needs it.

import { NotLoaded } from '../page/notLoaded';
import { messageOf } from './messageOf';
import type { FromWorker, ToWorker } from './messages';

/** Never throws: what goes wrong becomes a message. */
export async function answerHere(message: ToWorker): Promise<FromWorker> {
  try {
    const { answer } = await import('./execute').catch((cause: unknown) => {
      throw new NotLoaded(cause);
    });
    return await answer(message);
  } catch (error) {
    return { kind: 'failed', ticket: message.ticket, message: messageOf(error) };
  }
}
