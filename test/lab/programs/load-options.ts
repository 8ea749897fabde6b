/** What a group of clients does. Times are drawn evenly from `[least, most]` seconds. */
export interface LoadOptions {
  /**
   * `visits`: connect, think, one request or several, close. `burst`: `burst` visits at once, `rate` times a second.
   * `silent`: connect and say nothing. `dribble`: send a request's headers bit by bit and never end them. `hold`: one
   * request, then keep the connection. `sip`: ask for a large file and read it slowly. `pour`: send a body without end.
   */
  readonly mode: 'visits' | 'burst' | 'silent' | 'dribble' | 'hold' | 'sip' | 'pour';
  /** New connections (or bursts) a second. */
  readonly rate: number;
  /** Weighted paths. */
  readonly paths: readonly (readonly [weight: number, path: string])[];
  readonly target?: string;
  readonly port?: number;
  readonly from?: readonly string[];
  readonly burst?: number;
  /** Share of visits with several requests on one connection. */
  readonly keepAliveShare?: number;
  readonly thinkS?: readonly [number, number];
  /** After this a client gives up and closes. */
  readonly patienceS?: readonly [number, number];
  /** Connections open at the same time, at most. */
  readonly most?: number;
  readonly agent?: string;
}
