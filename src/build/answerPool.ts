// Threads that answer questions about experiments, as many as the machine has cores: the pages of a course ask for minutes of
// runs, and do not wait for each other. A thread is started when there is something to compute, and never keeps the process alive.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { QuestionName } from './answers';
import type { Language } from './language';

interface Asked {
  id: string;
  name: QuestionName;
  question: unknown;
  /** That of the answer. */
  language: Language;
}

interface Waiting {
  asked: Asked;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

type Reply = { answer: unknown } | { failure: Error };

interface Thread {
  worker: Worker;
  /** What it is at. */
  at?: Waiting;
}

export class AnswerPool {
  private readonly waiting: Waiting[] = [];
  private readonly threads = new Set<Thread>();

  constructor(
    /** CommonJS: exports `answerTo`, `loadExperiment` and `speakingOf`. */
    private readonly code: string,
    private readonly most = availableParallelism(),
  ) {}

  /** What comes back from a thread has the type that whoever asks expects of the question. */
  answer<Answer>(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve: (answer) => resolve(answer as Answer), reject });
      this.next();
    });
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const thread = [...this.threads].find(({ at }) => at === undefined) ?? (this.threads.size < this.most ? this.start() : undefined);
    const next = thread && this.waiting.shift();
    if (!next) return;
    thread.at = next;
    thread.worker.ref();
    thread.worker.postMessage(next.asked);
  }

  private start(): Thread {
    const worker = new Worker(
      `const module = { exports: {} };\n((module, exports) => {${this.code}\n})(module, module.exports);\n${loop}`,
      {
        eval: true,
      },
    );
    const thread: Thread = { worker };
    this.threads.add(thread);
    worker.on('message', (reply: Reply) => {
      const { at } = thread;
      thread.at = undefined;
      worker.unref();
      if ('failure' in reply) at?.reject(reply.failure);
      else at?.resolve(reply.answer);
      this.next();
    });
    worker.on('error', (error) => {
      this.threads.delete(thread);
      thread.at?.reject(error);
      this.next();
    });
    return thread;
  }
}

/** What a thread does, in the scope of the code. */
const loop = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', async ({ id, name, question, language }) => {
  try {
    const definition = module.exports.speakingOf(await module.exports.loadExperiment(id), language);
    parentPort.postMessage({ answer: module.exports.answerTo(definition, name, question) });
  } catch (failure) {
    parentPort.postMessage({ failure });
  }
});`;
