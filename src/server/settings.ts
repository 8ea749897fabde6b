/** What `lastack serve` was asked for. */
export interface ServerSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly dataFolder: string;
  readonly lastackVersion: string;
  /** Ask for a token on a loopback address too. */
  readonly alwaysToken: boolean;
  /** Make a new token; the old one and every session end. */
  readonly newToken: boolean;
  /** Where a reverse proxy offers the server: its host is accepted, its cookies are for HTTPS. */
  readonly publicUrl: URL | null;
  /** Further names the server is called by. */
  readonly allowedHosts: readonly string[];
  readonly limits: ServerLimits;
}

/** What visitors and their files may ask of this machine; docs/server.md tells them. */
export interface ServerLimits {
  /** Bytes of one uploaded file. */
  readonly fileBytes: number;
  /** Files of one form. */
  readonly filesPerForm: number;
  /** Uploads that are received at the same time. */
  readonly uploads: number;
  /** Captures of one case. */
  readonly captures: number;
  readonly cases: number;
  /** Bytes on the disk that uploads leave free. */
  readonly spareBytes: number;
  /** An upload slower than this, over half a minute, is ended. */
  readonly bytesPerSecond: number;
  /** A connection on which nothing happens for so long is ended. */
  readonly idleS: number;
  readonly requestsPerMinute: number;
  /** Cases that are imported at the same time. */
  readonly imports: number;
  readonly importMemoryMb: number;
  readonly reportMemoryMb: number;
  readonly reportS: number;
  readonly queryMemoryMb: number;
  readonly queryS: number;
  readonly queryRows: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  fileBytes: 8 * 2 ** 30,
  filesPerForm: 1000,
  uploads: 64,
  captures: 50_000,
  cases: 1000,
  spareBytes: 64 * 2 ** 20,
  bytesPerSecond: 1024,
  idleS: 60,
  requestsPerMinute: 3000,
  imports: 1,
  importMemoryMb: 256,
  reportMemoryMb: 512,
  reportS: 600,
  queryMemoryMb: 256,
  queryS: 30,
  queryRows: 10_000,
};

/** Bytes of a request's headers, and how long they may take. */
export const HEADER_BYTES: number = 16 * 1024;
export const HEADERS_S = 20;
/** Connections that are open at the same time. */
export const CONNECTIONS = 500;
