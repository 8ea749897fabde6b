import type { Settings } from './moment.ts';
import type { Rows } from './write-case.ts';

/** The settings of a host, of the kernel and of Apache. */
export function settingRows(settings: Settings): Rows {
  const kernel = {
    ...settings.sysctl,
    'net.core.somaxconn': `${settings.somaxconn}`,
    'net.ipv4.ip_local_port_range': settings.portRange,
    'net.netfilter.nf_conntrack_max': `${settings.conntrackMax}`,
  };
  const apache = {
    'Server MPM': 'prefork',
    MaxRequestWorkers: `${settings.workers}`,
    ListenBacklog: `${settings.listenBacklog}`,
    ProxyTimeout: `${settings.proxyTimeoutS}`,
    ProxyPass: '/app http://10.2.0.1:9000/app',
  };
  return [
    ...Object.entries(kernel).map(([key, value]) => ({ key, value, sysctl: true })),
    ...Object.entries(apache).map(([key, value]) => ({ key, value, sysctl: false })),
  ];
}
