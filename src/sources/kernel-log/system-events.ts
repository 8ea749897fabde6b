import type { KnownMessage } from './kernel-events.ts';

/** Services that serve the web, stand behind it, or filter and move packets: others start and stop all day. */
const SERVICES =
  '(?:apache|httpd|nginx|php|haproxy|varnish|mysql|mariadb|postgres|memcached|redis|tomcat|conntrack|iptables|nftables|firewalld|ufw|fail2ban|network|systemd-networkd)';

/** What systemd says of a service: its description, since version 250 the unit before it. */
function service(verbs: string): RegExp {
  return new RegExp(
    `^(?<detail>${verbs}) (?:(?<unit>\\S{1,128}\\.service) - )?(?<service>(?:The |LSB: )?${SERVICES}.{0,128}?)\\.{0,3}$`,
    'i',
  );
}

/** Messages of programs; the first that fits wins. */
export const SYSTEM_MESSAGES: readonly KnownMessage[] = [
  { id: 'dnsmasq', hint: 'DNS-rebind', test: /possible DNS-rebind attack detected: (?<detail>\S{1,255})/ },
  { id: 'collectd', hint: 'curl_easy_perform', test: /curl_easy_perform failed: (?<detail>.*)/ },
  {
    id: 'collectd',
    hint: 'read-function of plugin',
    test: /read-function of plugin [`'‘"](?<detail>[^'`’"]{1,128})['’"] failed\. Will suspend it for (?<n>\d+)/,
  },
  {
    id: 'plugin',
    hint: 'plugin',
    test: /Error (?:reading from|in) (?:input )?plugin:? ?(?:\[(?<plugin>[^\]]{1,128})\]:? ?)?(?<detail>.*)/i,
  },
  { id: 'curl', hint: 'timed out!', test: /(?<detail>connect\(\) timed out!)/ },
  {
    id: 'curl',
    hint: 'Connection time',
    test: /(?<detail>Connection timed? ?-?out)(?: after (?<n>\d+) milliseconds)?/,
  },
  {
    id: 'curl',
    hint: 'Operation timed out',
    test: /(?<detail>Operation timed out) after (?<n>\d+) milliseconds with (?<received>\d+) (?:out of \S{1,20} )?bytes received/,
  },
  {
    id: 'curl',
    hint: 'Failed to connect to',
    test: /Failed to connect to (?<address>\S{1,255}) port (?<port>\d+).{0,80}?: (?<detail>Connection refused|Timeout was reached|Couldn't connect to server)/,
  },
  { id: 'curl', hint: 'Empty reply', test: /(?<detail>Empty reply from server)/ },
  {
    id: 'oom_user',
    hint: 'OOM killer',
    test: /^(?:(?<unit>\S{1,200}): )?A process of this unit has been killed by the (?<detail>OOM killer)/,
  },
  {
    id: 'oom_user',
    hint: 'due to memory',
    test: /Killed (?<unit>\/\S{1,200}) due to memory (?<detail>pressure|used)/,
  },
  {
    id: 'oom_user',
    hint: 'sending SIG',
    test: /sending (?<signal>SIGTERM|SIGKILL) to process (?<pid>\d+)(?: uid \d+)? "(?<detail>[^"]{1,64})"/,
  },
  {
    id: 'service_failed',
    hint: 'Main process exited',
    test: /^(?<detail>\S{1,200}): Main process exited, code=(?<code>\w{1,16}), status=(?<status>\S{1,32})/,
  },
  {
    id: 'service_failed',
    hint: 'Failed with result',
    test: /^(?<detail>\S{1,200}): Failed with result '(?<result>[a-z-]{1,32})'/,
  },
  {
    id: 'service_failed',
    hint: 'entered failed state',
    test: /^Unit (?<detail>\S{1,200}) entered failed state/,
  },
  { id: 'service', hint: 'Start', test: service('Started|Starting|Failed to start') },
  { id: 'service', hint: 'Stopp', test: service('Stopped|Stopping') },
  { id: 'service', hint: 'Reload', test: service('Reloaded|Reloading|Failed to reload') },
  { id: 'logrotate', hint: 'ALERT exited', test: /ALERT exited abnormally with \[(?<n>\d+)\]/ },
  {
    id: 'logrotate',
    hint: 'rotat',
    test: /(?<detail>Starting|Started|Finished) (?:logrotate\.service - )?Rotate log files/,
  },
  {
    id: 'log_lost',
    hint: 'rate-limiting',
    test: /(?<detail>imuxsock|imjournal|imklog|imkmsg)\S{0,64}?(?:\[pid (?<pid>\d+)\])?:? (?:lost (?<lost>\d+) messages|(?<n>\d+) messages lost|begin to drop messages)/,
  },
  {
    id: 'log_lost',
    hint: 'Suppressed',
    test: /Suppressed (?<n>\d+) messages from (?<detail>\S{1,200})/,
  },
  {
    id: 'log_lost',
    hint: 'Missed',
    test: /(?<detail>Missed|Forwarding to syslog missed) (?<n>\d+) (?:kernel )?messages/i,
  },
  { id: 'repeated', hint: 'message repeated', test: /^(?:last )?message repeated (?<n>\d+) times/ },
  { id: 'time_step', hint: 'was stepped by', test: /System clock was stepped by (?<detail>-?\d+\.\d+) seconds/ },
  { id: 'time_step', hint: 'System clock wrong', test: /System clock wrong by (?<detail>-?\d+\.\d+) seconds/ },
  { id: 'time_step', hint: 'clock_step', test: /clock_step (?<detail>[+-]?\d+\.\d+) s/ },
  { id: 'time_step', hint: 'time reset', test: /time reset (?<detail>[+-]?\d+\.\d+) s/ },
  {
    id: 'time_step',
    hint: 'time server',
    test: /step time server (?<server>\S{1,255}) offset (?<detail>[+-]?\d+\.\d+) sec/,
  },
  { id: 'time_step', hint: 'time jump', test: /(?<detail>Forward|Backward) time jump detected/ },
  { id: 'time_step', hint: 'Time has been changed', test: /Time has been (?<detail>changed)/ },
];
