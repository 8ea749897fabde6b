/** What a key of a JSON log means: a directive, a time, or a duration by its unit. */
export type JsonMeaning =
  | { readonly directive: string }
  | { readonly time: 'start' | 'end' }
  | { readonly durationUs: number };

/** Common names, in lower case without `_`, `-`, `.`, `@` and `%`, by what they say. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  '%a': 'remoteaddr remoteip clientip client remoteaddress clientaddr sourceip ip a sourceaddress clientaddress',
  '%h': 'remotehost host_of_client h remotehostname',
  '%u': 'remoteuser user username userid u authuser',
  '%r': 'request requestline r requestfirstline',
  '%m': 'method requestmethod verb httpmethod httprequestmethod httpmethodname m',
  '%U%q': 'requesturi requesturl uri url path urlpath urioriginal urloriginal target requestpath',
  '%q': 'query querystring urlquery requestquery q',
  '%H': 'protocol requestprotocol httpversion serverprotocol httpprotocol',
  '%>s': 'status statuscode responsestatus httpstatus responsecode code responsestatuscode httpresponsestatuscode',
  '%B': 'bytes size bytessent bodybytessent responsesize responsebytes contentlength bodysize httpresponsebodybytes b',
  '%O': 'bytesout totalbytessent responsebytesout bytesoutgoing',
  '%I': 'bytesin bytesreceived requestbytes requestlength requestsize',
  '%X': 'connectionstatus connstatus',
  '%k': 'keepalive keepaliverequests keepalivecount',
  '%P': 'pid processid processpid',
  '%{tid}P': 'tid threadid processthreadid',
  '%{remote}p': 'remoteport clientport sourceport',
  '%p': 'serverport port localport',
  '%A': 'serveraddr serverip localip localaddr serveraddress',
  '%v': 'vhost virtualhost servername httphost site urldomain',
  '%L': 'logid errorlogid',
  '%{X-Forwarded-For}i': 'xforwardedfor forwardedfor httpxforwardedfor xff',
  '%{X-Request-Id}i': 'requestid xrequestid uniqueid httprequestid traceid',
  '%{BALANCER_WORKER_NAME}e': 'backend upstream upstreamaddr balancerworkername worker',
  '%{SSL_PROTOCOL}x': 'sslprotocol tlsprotocol tlsversion',
  '%{SSL_CIPHER}x': 'sslcipher tlscipher',
  '%{Referer}i': 'referer referrer httpreferer httpreferrer httprequestreferrer requestreferer',
  '%{User-Agent}i': 'useragent agent httpuseragent useragentoriginal ua requestuseragent',
};
const STARTS = 'time timestamp ts datetime timelocal timeiso8601 date requesttimestamp starttime start eventtime t';
const ENDS = 'end endtime endts';
const DURATION_STEMS =
  'duration requesttime responsetime latency elapsed elapsedtime timetaken requestduration processtime took';
const UNITS: Readonly<Record<string, number>> = {
  us: 1,
  usec: 1,
  micros: 1,
  microsec: 1,
  microseconds: 1,
  ms: 1000,
  msec: 1000,
  millis: 1000,
  milliseconds: 1000,
  s: 1_000_000,
  sec: 1_000_000,
  secs: 1_000_000,
  seconds: 1_000_000,
};
/** Seconds, of which the decimals are part: no other unit is written with them. */
const DECIMAL_SECONDS = 0;

/** The meaning of a key (`parent.child` for one of a nested object); null when it has none that is known. */
export function meaningOfKey(key: string): JsonMeaning | null {
  return BY_NAME.get(plain(key)) ?? BY_NAME.get(plain(key.slice(key.indexOf('.') + 1))) ?? null;
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[_\-.@%\s]/g, '');
}

const BY_NAME: ReadonlyMap<string, JsonMeaning> = new Map<string, JsonMeaning>([
  ...Object.entries(DIRECTIVES).flatMap(([directive, names]) => named(names, { directive })),
  ...named(STARTS, { time: 'start' }),
  ...named(ENDS, { time: 'end' }),
  ...named(DURATION_STEMS, { durationUs: DECIMAL_SECONDS }),
  ...DURATION_STEMS.split(' ').flatMap((stem) =>
    Object.entries(UNITS).map(([unit, durationUs]): [string, JsonMeaning] => [stem + unit, { durationUs }]),
  ),
]);

function named(names: string, meaning: JsonMeaning): [string, JsonMeaning][] {
  return names.split(' ').map((name) => [name, meaning]);
}
