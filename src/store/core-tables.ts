import type { Table } from '../base/table.ts';

/** One sample of one host. */
export const CAPTURE_TABLE: Table = {
  name: 'capture',
  comment: 'One sample of one host: who, when, by which clocks, from which file.',
  columns: [
    {
      name: 'run',
      type: 'VARCHAR',
      comment: 'Run the sample belongs to: --run, else the collector’s --label, else "default".',
    },
    { name: 'ts', type: 'TIMESTAMP', comment: 'When the sample began, UTC.' },
    {
      name: 'ts_from',
      type: 'VARCHAR',
      comment:
        'Where ts comes from: manifest (the collector), content (a time in the files), name (of a file), mtime (when a file was changed).',
    },
    {
      name: 'ended',
      type: 'TIMESTAMP',
      comment: 'When the last probe ended, UTC.',
      nullWhen: 'the manifest is cut or does not say',
    },
    {
      name: 'boot_id',
      type: 'VARCHAR',
      comment: 'Kernel boot id; counters only compare within one.',
      nullWhen: 'the host does not offer it',
    },
    { name: 'kernel', type: 'VARCHAR', comment: 'uname -r.', nullWhen: 'not recorded' },
    {
      name: 'collector',
      type: 'VARCHAR',
      comment: 'Program and version that recorded the sample.',
      nullWhen: 'not recorded',
    },
    { name: 'source_path', type: 'VARCHAR', comment: 'Base name of the archive or folder, and the folder inside it.' },
    {
      name: 'sha256',
      type: 'VARCHAR',
      comment: 'Hash of the file the sample came from and of the folder inside; a sample is imported once.',
    },
    { name: 'label', type: 'VARCHAR', comment: '--label of the collector.', nullWhen: 'none was given' },
    { name: 'session', type: 'VARCHAR', comment: 'One run of the collector.', nullWhen: 'not recorded' },
    {
      name: 'sequence',
      type: 'INTEGER',
      comment: 'Number of the sample within the session.',
      nullWhen: 'not recorded',
    },
    {
      name: 'interval_s',
      type: 'DOUBLE',
      unit: 's',
      comment: 'Interval the collector was asked for.',
      nullWhen: 'a single sample',
    },
    { name: 'zone_offset_min', type: 'INTEGER', unit: 'min', comment: 'Minutes east of UTC on the host.' },
    { name: 'zone_name', type: 'VARCHAR', comment: 'Time zone abbreviation of the host.', nullWhen: 'not recorded' },
    {
      name: 'zone',
      type: 'VARCHAR',
      comment: 'Time zone of the host by its IANA name: Europe/Berlin.',
      nullWhen: 'not recorded',
    },
    { name: 'uptime_s', type: 'DOUBLE', unit: 's', comment: 'Seconds since boot at ts.', nullWhen: 'not recorded' },
    { name: 'os', type: 'VARCHAR', comment: 'Distribution, PRETTY_NAME.', nullWhen: 'not recorded' },
    { name: 'cpus', type: 'INTEGER', comment: 'Processors online.', nullWhen: 'not recorded' },
    {
      name: 'fresh',
      type: 'BOOLEAN',
      comment: 'Whether logs from before the start were left out.',
      nullWhen: 'not recorded',
    },
    {
      name: 'cpu_ms',
      type: 'BIGINT',
      unit: 'ms',
      comment: 'Processor time of the collector and all it started, for this sample; packing the archive is not in it.',
      nullWhen: 'not recorded',
    },
    {
      name: 'shell_peak_kb',
      type: 'BIGINT',
      unit: 'KiB',
      comment: 'Peak resident memory of the collector’s shell so far (VmHWM).',
      nullWhen: 'not recorded',
    },
  ],
};

/** What became of each source in each sample: "nothing found" and "not looked at" must not look alike. */
export const COVERAGE_TABLE: Table = {
  name: 'coverage',
  comment: 'One source and member of one sample: what the collector got and how much of it was read.',
  columns: [
    { name: 'source', type: 'VARCHAR', comment: 'Source id, or the probe’s name where no source reads its member.' },
    { name: 'member', type: 'VARCHAR', comment: 'Member inside the capture.', nullWhen: 'the probe wrote none' },
    { name: 'status', type: 'VARCHAR', comment: 'collected, empty, absent, failed, truncated or skipped.' },
    { name: 'lines', type: 'BIGINT', comment: 'Lines of the member.' },
    {
      name: 'row_lines',
      type: 'BIGINT',
      comment: 'Those that gave rows; always lines = row_lines + known + rejects.',
    },
    { name: 'rows', type: 'BIGINT', comment: 'Rows made from them; a line may give several, and several lines one.' },
    { name: 'known', type: 'BIGINT', comment: 'Lines known to carry no row: headers, blanks.' },
    { name: 'rejects', type: 'BIGINT', comment: 'Lines that could not be read.' },
    { name: 'bytes', type: 'BIGINT', unit: 'bytes', comment: 'Bytes of the member that arrived.' },
    {
      name: 'duration_ms',
      type: 'BIGINT',
      unit: 'ms',
      comment: 'How long the probe took on the host.',
      nullWhen: 'not recorded',
    },
    { name: 'exit_code', type: 'INTEGER', comment: 'Exit code of the probe.', nullWhen: 'not run or not recorded' },
    {
      name: 'note',
      type: 'VARCHAR',
      comment: 'First line of the probe’s stderr, or what the import has to say.',
      nullWhen: 'nothing to say',
    },
  ],
};

/** Lines that could not be read; at most a hundred a member are kept, all are counted in coverage. */
export const REJECT_TABLE: Table = {
  name: 'reject',
  comment: 'A line that could not be read. At most 100 a member are kept here; coverage counts all.',
  columns: [
    { name: 'source', type: 'VARCHAR', comment: 'Source that tried.' },
    { name: 'member', type: 'VARCHAR', comment: 'Member inside the capture.' },
    { name: 'line_no', type: 'BIGINT', comment: 'Line of the member, from 1.' },
    { name: 'reason', type: 'VARCHAR', comment: 'Why.' },
    { name: 'excerpt', type: 'VARCHAR', comment: 'Its first 120 bytes; hostile text.' },
  ],
};

export const CORE_TABLES: readonly Table[] = [CAPTURE_TABLE, COVERAGE_TABLE, REJECT_TABLE];
