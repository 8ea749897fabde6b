/** What a kernel message is known to be. */
export interface KernelEvent {
  readonly id: string;
  readonly port: number | null;
  readonly interface: string | null;
  readonly count: number | null;
  readonly detail: string | null;
}

/** Kernel messages are at most about a thousand characters long; nothing is searched beyond. */
const SEARCHED = 1000;

/**
 * Recognised messages, the first that fits wins. Groups: `port`, `if` (interface), `n` (count) and `detail` fill the
 * columns of those names. No group may repeat inside a repetition: the text is not to be trusted.
 */
const EVENTS: readonly { readonly id: string; readonly test: RegExp }[] = [
  {
    id: 'syn_flood',
    test: /possible SYN flooding on port (?:(?:\[[^\]]*\]|\d+(?:\.\d+){3}):)?(?<port>\d+)(?:\. (?<detail>Sending cookies|Dropping request))?/i,
  },
  {
    id: 'ct_full',
    test: /(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full(?: in netns (?<detail>\d+))?, dropping packet/,
  },
  { id: 'orphans', test: /TCP: too many (?:of )?orphaned sockets/ },
  { id: 'tcp_mem', test: /TCP: out of memory -- consider tuning tcp_mem|Out of socket memory/ },
  { id: 'tw_overflow', test: /TCP: time wait bucket table overflow/ },
  { id: 'neigh_full', test: /(?:(?<detail>\w{1,32}_cache): )?neighbou?r table overflow/i },
  { id: 'ratelimit', test: /(?<detail>\w{1,64}): (?<n>\d+) callbacks suppressed/ },
  {
    id: 'promisc',
    test: /(?:device (?<if>\S{1,64})|(?<if2>[^\s:]{1,64}):) (?<detail>entered|left) (?:promiscuous|allmulticast) mode/,
  },
  { id: 'audit_promisc', test: /audit: type=1700 .*?dev=(?<if>\S+) prom=(?<n>\d+) old_prom=\d+/ },
  {
    id: 'link',
    test: /(?<if>[^\s:]{1,64}):? (?:NIC )?(?:Copper |SerDes )?Link (?:is )?(?<detail>up|down)\b/i,
  },
  { id: 'link', test: /(?<if>[^\s:]{1,64}): link becomes (?<detail>ready)/i },
  {
    id: 'link',
    test: /link status (?:definitely )?(?<detail>up|down) for (?:active )?interface (?<if>[^\s,]{1,64})/,
  },
  { id: 'link', test: /\(slave (?<if>[^\s)]{1,64})\): link status (?:definitely )?(?<detail>up|down)/ },
  {
    id: 'tx_timeout',
    test: /NETDEV WATCHDOG: (?:(?<if>\S{1,64}) \((?<detail>[^)]*)\)|CPU: \d+): transmit queue \d+ timed out/,
  },
  { id: 'tx_hang', test: /Detected (?:Tx|Hardware) Unit Hang/i },
  { id: 'oom_invoke', test: /invoked oom-killer: gfp_mask=/ },
  {
    id: 'oom_kill',
    test: /(?:Out of memory|Memory cgroup out of memory)[^:]*: Kill(?:ed)? process \d+ \((?<detail>[^)]+)\)/,
  },
  { id: 'oom_kill', test: /oom-kill:constraint=\w+.*?,task=(?<detail>[^,]+),pid=\d+/ },
  { id: 'page_alloc', test: /(?<detail>[^\s:]{1,64}): page allocation failure[:.] ?order:(?<n>\d+), mode:/ },
  { id: 'shrunk', test: /TCP: (?:Treason uncloaked! )?Peer \S+ (?:shrinks|unexpectedly shrunk) window/ },
  { id: 'gro', test: /Driver has suspect GRO implementation/ },
  { id: 'martian', test: /martian (?<detail>source|destination) \S+ from \S+ (?:on )?dev (?<if>\S+)/ },
  { id: 'ehash', test: /TCP: Hash tables configured \(established (?<n>\d+) bind \d+\)/ },
  { id: 'segv', test: /(?<detail>[^\s:[]{1,64})\[\d+\]: segfault at/ },
  { id: 'hung', test: /task (?<detail>[^\s:]{1,64}):\d+ blocked for more than (?<n>\d+) seconds/ },
  { id: 'hung', test: /(?<detail>soft lockup) - CPU#/ },
  { id: 'hung', test: /rcu\S*:? .*?(?<detail>stall)/ },
  { id: 'filemax', test: /VFS: file-max limit (?<n>\d+) reached/ },
  {
    id: 'ipt_log',
    test: /IN=(?<if>\S*) OUT=\S* .{0,120}?SRC=\S{1,45} DST=\S{1,45} .{0,200}?PROTO=(?<detail>\w+)(?: SPT=\d+ DPT=(?<port>\d+))?/,
  },
  { id: 'udp_csum', test: /UDP: bad checksum\. From/ },
  { id: 'dnsmasq', test: /possible DNS-rebind attack detected: (?<detail>\S+)/ },
  { id: 'collectd', test: /apache: curl_easy_perform failed: (?<detail>.*)/ },
  {
    id: 'collectd',
    test: /read-function of plugin [`'‘](?<detail>[^'`’]+)['’] failed\. Will suspend it for (?<n>\d+)/,
  },
  { id: 'curl', test: /(?<detail>connect\(\) timed out!|Connection timed? ?-?out)(?: after (?<n>\d+) milliseconds)?/ },
  {
    id: 'curl',
    test: /(?<detail>Operation timed out) after (?<n>\d+) milliseconds with \d+ (?:out of \S+ )?bytes received/,
  },
  {
    id: 'curl',
    test: /Failed to connect to \S+ port (?<port>\d+).*?: (?<detail>Connection refused|Timeout was reached|Couldn't connect to server)/,
  },
  { id: 'curl', test: /(?<detail>Empty reply from server)/ },
];

/** The event a message is, or null. */
export function eventOf(message: string): KernelEvent | null {
  const text = message.slice(0, SEARCHED);
  for (const { id, test } of EVENTS) {
    const match = test.exec(text);
    if (match === null) continue;
    const groups = match.groups ?? {};
    const port = wholeNumber(groups['port']);
    return {
      id,
      port: port !== null && port <= 65_535 ? port : null,
      interface: groups['if'] || groups['if2'] || null,
      count: wholeNumber(groups['n']),
      detail: (id === 'link' ? groups['detail']?.toLowerCase() : groups['detail']) || null,
    };
  }
  return null;
}

function wholeNumber(text: string | undefined): number | null {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
