import { nextHash } from './learned-names.ts';

/** What a line may hold that only its surroundings tell, as bits. */
interface Trigger {
  readonly host: number;
  readonly user: number;
  readonly secret: number;
  /** `?`: a query string. */
  readonly query: number;
  /** `/`: the address of a page. */
  readonly slash: number;
  /** `@`: an e-mail address. */
  readonly mail: number;
  /** `[`: the time of an access log. */
  readonly bracket: number;
}

export const TRIGGER: Trigger = { host: 1, user: 2, secret: 4, query: 8, slash: 16, mail: 32, bracket: 64 };

/** Words near which something stands that only they give away. */
const WORDS: readonly (readonly [number, string])[] = [
  [
    TRIGGER.host,
    'servername serveralias namevhost alias default require virtualhost vhost allow deny host hostname domainname server',
  ],
  [TRIGGER.user, 'user for acct ruser logname sudo uid remote username new require'],
  [
    TRIGGER.secret,
    'authorization cookie cookie2 password passwd passphrase secret token key apikey sid session sessionid jsessionid phpsessid',
  ],
];
const HASHES = 1 << 14;
const OF_HASH: Uint8Array = new Uint8Array(HASHES);
for (const [bit, words] of WORDS)
  for (const word of words.split(' ')) {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = nextHash(hash, word.charCodeAt(i));
    OF_HASH[hash & (HASHES - 1)]! |= bit;
  }

/** The bits of a word of this hash: for any of the words above, seldom for another. */
export function triggerOfWord(hash: number): number {
  return OF_HASH[hash & (HASHES - 1)]!;
}

/** The bits a byte stands for. */
export const TRIGGER_OF_BYTE: Uint8Array = new Uint8Array(256);
TRIGGER_OF_BYTE[0x3f] = TRIGGER.query;
TRIGGER_OF_BYTE[0x2f] = TRIGGER.slash;
TRIGGER_OF_BYTE[0x40] = TRIGGER.mail;
TRIGGER_OF_BYTE[0x5b] = TRIGGER.bracket;
