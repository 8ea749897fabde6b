/** Accounts that packages make, and names that mean "this host": they point to nobody and stay. */
export const COMMON_NAMES: ReadonlySet<string> = new Set(
  (
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody nogroup apache ' +
    'apache2 httpd http nginx wwwrun www systemd-network systemd-resolve systemd-timesync systemd-oom systemd-coredump ' +
    'systemd+ messagebus dbus polkitd sshd chrony ntp ntpsec _chrony _apt _rpc statd rpc rpcuser rpcbind mysql mariadb ' +
    'postgres postgresql redis memcache memcached mongodb tomcat tomcat9 jetty syslog rsyslog adm operator ftp halt ' +
    'shutdown tss uuidd tcpdump pcp zabbix nagios munin prometheus node_exporter haproxy varnish squid postfix dovecot ' +
    'exim Debian-exim debian+ bind named unbound dnsmasq libstrg lxd kubelet dockerd docker containerd sssd avahi colord ' +
    'localhost localdomain localhost4 localhost6 ip6-localhost ip6-loopback localdomain4 localdomain6 _default_ broadcasthost'
  )
    .toLowerCase()
    .split(' '),
);

/**
 * Words of tools, logs and settings. A name that is one of them is replaced where it stands as a name and not wherever the
 * word stands: a host called `tcp` must not make every line of a socket table unreadable.
 */
export const TOOL_WORDS: ReadonlySet<string> = new Set(
  (
    'tcp tcp4 tcp6 udp udp6 raw raw6 unix icmp igmp sctp dccp inet inet6 ipv4 ipv6 link ether loopback listen estab ' +
    'established close closed wait closing time syn sent recv fin last ack unconn unreplied assured state netid local ' +
    'address peer foreign port process user users timer ino uid cgroup skmem bbr cubic reno cwnd rto rtt mss pmtu ' +
    'on off keepalive timewait persist probe src dst sport dport mark use src dst zone secctx helper offload ' +
    'get post put head delete options patch trace connect propfind http https ajp fcgi ws wss error warn warning notice ' +
    'info debug crit alert emerg client server remote apache apache2 httpd core proxy backend balancer worker workers ' +
    'event prefork mpm ssl rewrite auth auth_basic authz status module version kernel net sysctl directive servername ' +
    'serveralias virtualhost location directory files log logs access main default web www app api site home data db test ' +
    'dev prod stage staging live web1 system service slice session scope init systemd cron sudo su ssh sshd login admin ' +
    'host hostname name names domain ip mac id pid ppid stat rss comm command args cpu mem memory swap total free used ' +
    'available bytes packets errors dropped missed eth0 eth1 lo bond0 br0 docker0 veth up down unknown mode group qlen mtu ' +
    'collected empty absent failed skipped truncated member probe note manifest label sequence epoch fresh yes no none ' +
    'null true false the and for from with not out possible flooding cookies sending dropping request requests response ' +
    'reply timeout timed expired connection connections reset refused attempt read reading write line file path method ' +
    'mozilla gecko safari chrome firefox edge curl wget bot python java php html css js json xml txt png jpg gif ico svg ' +
    'index image images static assets catalog search cart account order orders user profile products product page pages ' +
    'tcpext ipext mptcp udplite in segs segments received octets sockets sockstat listener queue overflow max min limit'
  ).split(' '),
);

/** Last labels of names that no registry knows, and that are written inside houses all the same. */
export const PRIVATE_SUFFIXES: ReadonlySet<string> = new Set(
  (
    'local localdomain lan internal intern intranet intra corp home private priv example test invalid localhost lab prod ' +
    'dmz domain cluster consul svc onion arpa'
  ).split(' '),
);
