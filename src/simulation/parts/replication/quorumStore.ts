// Data without a primary: every replica takes reads and writes, and whoever asks waits for enough of them. With R + W > N every read
// meets the last write; a clock decides between writes, so a wrong clock can undo one that came later.
// Sources: DeCandia et al., "Dynamo", SOSP 2007; Apache Cassandra's consistency levels and read repair. Left out: hinted handoff and
// repair by Merkle trees; a replica that was away learns by reads and by later writes only.

import { fates } from '../../measure/accounts';
import type { Call, Part } from '../call';
import { wholeNumber } from '../options';
import type { System } from '../system';
import { History } from './history';
import { quorumsMeet } from './quorums';
import { StoreNode, type StoreNodeOptions } from './storeNode';
import { isLater, type Stamp } from './versions';

export interface QuorumStoreOptions {
  /** Nodes are named `name/1`, `name/2`, … Default: store. */
  name?: string;
  /** How many, or what each is like: N. Every one keeps everything. */
  replicas: number | readonly StoreNodeOptions[];
  /** Answers that a read waits for: R. */
  readers: number;
  /** Answers that a write waits for: W. */
  writers: number;
  /** Whoever answers a read with an older version is sent the latest one. Default: false. */
  repairsReads?: boolean;
  /** Which calls are writes. Default: those of class 0. */
  isWrite?: (call: Call) => boolean;
}

/** What a replica is asked: to keep a version, or for its own. */
export interface Question {
  key: number;
  /** The version to keep; undefined: this is a read. */
  stamp: Stamp | undefined;
  /** What a read found. */
  found: Stamp | undefined;
}

export class QuorumStore {
  readonly name: string;
  readonly history = new History();
  readonly nodes: readonly QuorumNode[];
  readonly readers: number;
  readonly writers: number;
  readonly isWrite: (call: Call) => boolean;
  readonly repairsReads: boolean;
  /** Versions that were sent to replicas because a read found them behind. */
  repairs = 0;
  private readonly questions = new Map<Call, Question>();
  private coordinators = 0;

  constructor(system: System, options: QuorumStoreOptions) {
    const { name = 'store', replicas, readers, writers } = options;
    const each =
      typeof replicas === 'number' ? Array<StoreNodeOptions>(wholeNumber(name, 'number of replicas', replicas, 1)).fill({}) : replicas;
    this.name = name;
    quorumsMeet(each.length, readers, writers);
    this.readers = readers;
    this.writers = writers;
    this.repairsReads = options.repairsReads ?? false;
    this.isWrite = options.isWrite ?? (({ requestClass }) => requestClass === 0);
    this.nodes = each.map((node, index) => new QuorumNode(system, this, index, node));
  }

  /** A number for the stamps of one who gives them. */
  nextWriter(): number {
    return this.coordinators++;
  }

  ask(sent: Call, question: Question): void {
    this.questions.set(sent, question);
  }

  /** @returns the question, with what was found */
  answered(sent: Call): Question | undefined {
    const question = this.questions.get(sent);
    this.questions.delete(sent);
    return question;
  }

  /** What a call asks, even when parts in between ask in its place. */
  questionOf(call: Call): Question | undefined {
    for (let asking: Call | null = call; asking !== null; asking = asking.parent) {
      const question = this.questions.get(asking);
      if (question !== undefined) return question;
    }
    return undefined;
  }
}

/** One replica. */
export class QuorumNode extends StoreNode implements Part {
  private readonly versions = new Map<number, Stamp>();

  constructor(
    system: System,
    private readonly store: QuorumStore,
    index: number,
    options: StoreNodeOptions,
  ) {
    super(system, `${store.name}/${index + 1}`, index, options);
  }

  /** The version that it has of a key. */
  version(key: number): Stamp | undefined {
    return this.versions.get(key);
  }

  protected override serve(call: Call): void {
    const question = this.store.questionOf(call);
    if (question !== undefined) {
      const own = this.versions.get(question.key);
      question.found = own;
      if (question.stamp && (own === undefined || isLater(question.stamp, own))) this.versions.set(question.key, question.stamp);
    }
    this.finish(call, fates.completed);
  }
}
