/** A message that is known: its id, a word it always holds, and its wording. */
export interface KnownMessage {
  readonly id: string;
  /** In any case; found first, so that most lines are tried against nothing else. */
  readonly hint: string;
  /**
   * Groups: `port`, `if` (or `if2`, `if3`: interface), `n` (count) and `detail` fill the columns of those names, others
   * go into `event_params`. No group may repeat inside a repetition: the text is not to be trusted.
   */
  readonly test: RegExp;
}

/** Messages of the kernel, old and new wordings; the first that fits wins. */
export const KERNEL_MESSAGES: readonly KnownMessage[] = [
  {
    id: 'syn_flood',
    hint: 'SYN flooding on port',
    test: /possible SYN flooding on port (?:(?<address>\[[^\]]{1,45}\]|\d+(?:\.\d+){3}):)?(?<port>\d+)(?:\. (?<detail>Sending cookies|Dropping request))?/i,
  },
  {
    id: 'ct_full',
    hint: 'table full',
    test: /(?:nf|ip)_conntrack: (?:nf_conntrack: )?table full(?: in netns (?<detail>\d+))?, dropping packet/,
  },
  { id: 'orphans', hint: 'orphaned sockets', test: /TCP: too many (?:of )?orphaned sockets/ },
  { id: 'tcp_mem', hint: 'consider tuning tcp_mem', test: /TCP: out of memory -- consider tuning tcp_mem/ },
  { id: 'tcp_mem', hint: 'Out of socket memory', test: /Out of socket memory/ },
  { id: 'tw_overflow', hint: 'bucket table overflow', test: /TCP: time wait bucket table overflow/ },
  { id: 'neigh_full', hint: 'table overflow', test: /(?:(?<detail>\w{1,32}_cache): )?neighbou?r table overflow/i },
  { id: 'ratelimit', hint: 'callbacks suppressed', test: /(?<detail>\w{1,64}): (?<n>\d+) callbacks suppressed/ },
  { id: 'ratelimit', hint: 'messages suppressed', test: /(?<detail>printk): (?<n>\d+) messages suppressed/ },
  {
    id: 'promisc',
    hint: 'multicast mode',
    test: /(?:device (?<if>\S{1,64})|(?<if2>[^\s:]{1,64}):) (?<detail>entered|left) allmulticast mode/,
  },
  {
    id: 'promisc',
    hint: 'promiscuous mode',
    test: /(?:device (?<if>\S{1,64})|(?<if2>[^\s:]{1,64}):) (?<detail>entered|left) promiscuous mode/,
  },
  {
    id: 'audit_promisc',
    hint: 'old_prom=',
    test: /type=1700 .*?dev=(?<if>\S{1,64}) prom=(?<n>\d+) old_prom=\d+(?: auid=(?<auid>\d+))?(?: uid=(?<uid>\d+))?/,
  },
  {
    id: 'link',
    hint: 'link',
    test: /(?:^|[\s:])(?!e?[SP]ATA )(?<if>[^\s:]{1,64}):? (?:NIC )?(?:Copper |SerDes )?Link (?:is )?(?<detail>up|down)\b(?:,? (?:at )?(?<speed>\d{1,7} ?[MG]b(?:ps|\/s)))?/i,
  },
  { id: 'link', hint: 'link becomes', test: /(?<if>[^\s:]{1,64}): link becomes (?<detail>ready)/i },
  {
    id: 'link',
    hint: 'link status',
    test: /link status (?:definitely )?(?<detail>up|down) for (?:active )?interface (?<if>[^\s,]{1,64})/,
  },
  {
    id: 'link',
    hint: 'link status',
    test: /\(slave (?<if>[^\s)]{1,64})\): link status (?:definitely )?(?<detail>up|down)/,
  },
  {
    id: 'tx_timeout',
    hint: 'NETDEV WATCHDOG',
    test: /(?:(?<if2>[^\s:]{1,64}): )?NETDEV WATCHDOG: (?:(?<if>[^\s:]{1,64}) \((?<detail>[^)]{0,64})\)|CPU: (?<cpu>\d+)|(?<if3>[^\s:]{1,64})): transmit (?:queue (?<queue>\d+) )?timed out(?: (?<ms>\d+) ms)?/,
  },
  {
    id: 'tx_hang',
    hint: 'Unit Hang',
    test: /(?:(?<if>[^\s:]{1,64}): )?Detected (?<detail>Tx|Hardware) Unit Hang/i,
  },
  { id: 'oom_invoke', hint: 'invoked oom-killer', test: /(?<detail>\S{1,64}) invoked oom-killer: gfp_mask=/ },
  {
    id: 'oom_kill',
    hint: 'Out of memory',
    test: /(?:Memory cgroup out of memory|Out of memory)[^:]{0,64}: Kill(?:ed)? process (?<pid>\d+) \((?<detail>[^)]{1,64})\)/i,
  },
  {
    id: 'oom_kill',
    hint: 'oom-kill:',
    test: /oom-kill:constraint=(?<constraint>\w+).*?,task=(?<detail>[^,]{1,64}),pid=(?<pid>\d+)/,
  },
  {
    id: 'page_alloc',
    hint: 'page allocation failure',
    test: /(?<detail>[^\s:]{1,64}): page allocation failure[:.] ?order:(?<n>\d+), mode:(?<mode>0x[0-9a-f]+)?/,
  },
  {
    id: 'shrunk',
    hint: 'window',
    test: /(?:Treason uncloaked! )?Peer (?<peer>\S{1,64}) (?:shrinks|unexpectedly shrunk) window/,
  },
  { id: 'gro', hint: 'suspect GRO', test: /(?:(?<if>[^\s:]{1,64}): )?Driver has suspect GRO implementation/ },
  {
    id: 'martian',
    hint: 'martian',
    test: /martian (?<detail>source|destination) (?<address>\S{1,64}) from (?<from>[^\s,]{1,64}),? (?:on )?dev (?<if>\S{1,64})/,
  },
  {
    id: 'ehash',
    hint: 'Hash tables configured',
    test: /TCP: Hash tables configured \(established (?<n>\d+) bind (?<bind>\d+)\)/,
  },
  { id: 'segv', hint: 'segfault at', test: /(?<detail>[^\s:[]{1,64})\[(?<pid>\d+)\]:? segfault at/ },
  { id: 'segv', hint: 'general protection', test: /traps: (?<detail>[^\s:[]{1,64})\[(?<pid>\d+)\] general protection/ },
  {
    id: 'hung',
    hint: 'blocked for more than',
    test: /task (?<detail>[^\s:]{1,64}):(?<pid>\d+) blocked for more than (?<n>\d+) seconds/,
  },
  { id: 'hung', hint: 'soft lockup', test: /(?<detail>soft lockup) - CPU#(?<cpu>\d+) stuck for (?<n>\d+)s/ },
  { id: 'hung', hint: 'rcu', test: /\brcu\S{0,32}:? .{0,200}?(?<detail>stall)/ },
  { id: 'filemax', hint: 'file-max limit', test: /VFS: file-max limit (?<n>\d+) reached/ },
  {
    id: 'ipt_log',
    hint: 'PROTO=',
    test: /IN=(?<if>\S{0,32}) OUT=\S{0,32} .{0,160}?SRC=(?<src>\S{1,45}) DST=(?<dst>\S{1,45}) .{0,200}?PROTO=(?<detail>\w{1,16})(?: SPT=(?<spt>\d+) DPT=(?<port>\d+))?/,
  },
  { id: 'udp_csum', hint: 'UDP: bad checksum', test: /UDP: bad checksum\. From (?<from>\S{1,64})/ },
];
