import { InflateSink } from '../capture/inflate-sink.ts';
import type { Limits } from '../capture/limits.ts';
import type { MemberSink, Visitor } from '../capture/visitor.ts';
import type { HostNames } from './host-names.ts';
import type { LearnedNames } from './learned-names.ts';
import { LineFinder } from './line-finder.ts';
import { LineSink, type LineTaker } from './line-sink.ts';

/** Hosts that are known by their looks are learned as well, up to so many: they may be parts of longer words. */
const MOST_PLAIN_HOSTS = 10_000;
/** Files whose only word is the host's name. */
const HOST_FILE = /(?:^|[/_-])(?:etc\/)?hostname(?:_-f|\.txt)?$/;

/** First pass over a capture: learns the names of hosts and users from where they stand as such. */
export class NameLearner implements Visitor {
  readonly #learned: LearnedNames;
  readonly #hosts: HostNames;
  readonly #limits: Limits;

  constructor(learned: LearnedNames, hosts: HostNames, limits: Limits) {
    this.#learned = learned;
    this.#hosts = hosts;
    this.#limits = limits;
  }

  member(path: string): Promise<MemberSink> {
    const lines = new LineSink(new LearningLines(path, this.#learned, this.#hosts));
    return Promise.resolve(new InflateSink(lines, { limits: this.#limits, onDamage: () => undefined }));
  }

  note(): void {}

  damaged(): void {}
}

class LearningLines implements LineTaker {
  readonly #learned: LearnedNames;
  readonly #hosts: HostNames;
  readonly #finder: LineFinder;
  readonly #isHostFile: boolean;

  constructor(path: string, learned: LearnedNames, hosts: HostNames) {
    this.#learned = learned;
    this.#hosts = hosts;
    this.#finder = new LineFinder(path, learned, hosts, true);
    this.#isHostFile = HOST_FILE.test(path);
  }

  line(bytes: Buffer, start: number, end: number): void {
    if (this.#isHostFile) this.#learned.add('host', bytes.toString('latin1', start, end).trim());
    for (const { start: from, end: to, form } of this.#finder.find(bytes, start, end)) {
      if (form !== 'host' && form !== 'user') continue;
      const name = bytes.toString('latin1', start + from, start + to);
      if (form === 'user' || this.#learned.size < MOST_PLAIN_HOSTS || !this.#hosts.isHost(name, false))
        this.#learned.add(form, name);
    }
  }

  long(): void {}

  binary(): void {}

  flush(): undefined {}

  end(): Promise<void> {
    return Promise.resolve();
  }
}
