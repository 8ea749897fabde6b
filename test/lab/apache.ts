/** What an incident may set in Apache's configuration. */
export interface ApacheOptions {
  readonly mpm?: 'prefork' | 'event';
  readonly workers?: number;
  readonly startServers?: number;
  readonly listenBacklog?: number;
  readonly timeoutS?: number;
  readonly proxyTimeoutS?: number;
  readonly keepAliveTimeoutS?: number;
  /** Behind each ProxyPass: `disablereuse=On`. */
  readonly proxyOptions?: string;
  /** Further lines of the configuration. */
  readonly more?: string;
}

const MODULES = [
  'authz_core',
  'authz_host',
  'alias',
  'dir',
  'mime',
  'status',
  'headers',
  'proxy',
  'proxy_http',
  'reqtimeout',
];

/** A whole apache2.conf for www1. Status is on 127.0.0.1:8081; access.log has times and client ports. */
export function apacheConfiguration(options: ApacheOptions): string {
  const {
    mpm = 'prefork',
    workers = 150,
    startServers = 8,
    listenBacklog = 511,
    timeoutS = 60,
    proxyTimeoutS = 20,
  } = options;
  const { keepAliveTimeoutS = 3, proxyOptions = '', more = '' } = options;
  const limits =
    mpm === 'prefork'
      ? `StartServers ${startServers}\nMinSpareServers 5\nMaxSpareServers ${Math.max(20, startServers)}\nServerLimit ${workers}\nMaxRequestWorkers ${workers}`
      : `StartServers 2\nServerLimit ${Math.max(2, Math.ceil(workers / 25))}\nThreadsPerChild 25\nMaxRequestWorkers ${workers}\nMinSpareThreads 25\nMaxSpareThreads 75`;
  return `ServerRoot /etc/apache2
ServerName www.example.net
DefaultRuntimeDir /run/apache2
PidFile /run/apache2/apache2.pid
User www-data
Group www-data
LoadModule mpm_${mpm}_module /usr/lib/apache2/modules/mod_mpm_${mpm}.so
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 80
Listen 127.0.0.1:8081
ListenBacklog ${listenBacklog}
${limits}
Timeout ${timeoutS}
KeepAlive On
KeepAliveTimeout ${keepAliveTimeoutS}
MaxKeepAliveRequests 100
ProxyTimeout ${proxyTimeoutS}
DocumentRoot /var/www/html
<Directory /var/www/html>
  Require all granted
</Directory>
TypesConfig /etc/mime.types
LogLevel warn
ErrorLog /var/log/apache2/error.log
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\" %D %{remote}p %X %k %P" timed
CustomLog /var/log/apache2/access.log timed
ExtendedStatus On
<Location /server-status>
  SetHandler server-status
  Require local
</Location>
ProxyPass /app http://10.20.0.10:9000/app ${proxyOptions}
ProxyPass /api http://10.20.0.10:9000/api ${proxyOptions}
${more}
`;
}
