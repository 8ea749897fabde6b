import { NIC_COUNTER_TABLE, NIC_SETTING_TABLE } from '../nic-tables.ts';
import type { Source } from '../source.ts';
import { interfaceOfMember } from './interface-name.ts';
import { EthtoolSettingsParser } from './settings.ts';
import { EthtoolStatisticsParser } from './statistics.ts';

const DOCS = 'https://man7.org/linux/man-pages/man8/ethtool.8.html';
const SETTINGS = ['a', 'c', 'g', 'i', 'k', 'l'];
/** How names of interfaces begin. */
const NAMES = ['e', 'p', 'ib', 'bond'];

const statistics: Source = {
  id: 'ethtool-statistics',
  title: 'Counters of a network card (ethtool -S)',
  docs: DOCS,
  members: [
    'ethtool-S*.txt',
    'ethtool_S*.txt',
    'ethtool_-S*',
    '**/sos_commands/networking/ethtool_-S_*',
    '**/sos_commands/networking/ethtool_--phy-statistics_*',
  ],
  opening: /^(?:(?:NIC|PHY) statistics|Standard stats for \S{1,40}):\s*$/,
  tables: [NIC_COUNTER_TABLE],
  parse: (context, tables) =>
    new EthtoolStatisticsParser(interfaceOfMember(context.member), tables.of(NIC_COUNTER_TABLE.name)),
};

const settings: Source = {
  id: 'ethtool-settings',
  title: 'Settings of a network card (ethtool, -g, -l, -k, -c, -a, -i)',
  docs: DOCS,
  members: [
    ...SETTINGS.map((option) => `ethtool-${option}-*.txt`),
    ...SETTINGS.map((option) => `ethtool_-${option}_*`),
    ...SETTINGS.map((option) => `**/sos_commands/networking/ethtool_-${option}_*`),
    // a plain ethtool has no option to know it by, and of others there are more than can be read here
    ...NAMES.flatMap((name) => [
      `ethtool-${name}*.txt`,
      `ethtool_${name}*`,
      `**/sos_commands/networking/ethtool_${name}*`,
    ]),
  ],
  opening:
    /^(?:Settings|Features|(?:Ring|Channel|Offload|Coalesce|Pause) parameters) for \S{1,40}:\s*$|^driver: [\w-]{1,40}\s*$/,
  tables: [NIC_SETTING_TABLE],
  parse: (context, tables) =>
    new EthtoolSettingsParser(interfaceOfMember(context.member), tables.of(NIC_SETTING_TABLE.name)),
};

/** What ethtool says of a card: its counters, and how it is set. */
export const sources: readonly Source[] = [statistics, settings];
