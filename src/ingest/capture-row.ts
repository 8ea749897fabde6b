import type { TableBuilder } from '../base/table-builder.ts';
import { captureName } from '../capture/find.ts';
import type { Manifest } from '../capture/manifest.ts';
import type { Job } from './protocol.ts';

/** Writes the sample's row of the capture table. */
export function captureRow(table: TableBuilder, manifest: Manifest, job: Job, folder: string): void {
  const text = (name: string, value: string | null): void => {
    if (value !== null) table.text(name).setText(value);
  };
  const number = (name: string, value: number | null): void => {
    if (value !== null) table.number(name).set(value);
  };
  text('run', job.run ?? manifest.label ?? 'default');
  table.int64('ts').set(manifest.tsUs);
  text('ts_from', manifest.tsFrom);
  if (manifest.endedUs !== null) table.int64('ended').set(manifest.endedUs);
  text('boot_id', manifest.bootId);
  text('kernel', manifest.kernel);
  text('collector', manifest.collector);
  text('source_path', folder === '.' ? captureName(job.capture) : `${captureName(job.capture)}/${folder}`);
  text('sha256', job.sha256);
  text('label', manifest.label);
  text('session', manifest.session);
  number('sequence', manifest.sequence);
  number('interval_s', manifest.intervalS);
  number('zone_offset_min', manifest.utcOffsetMinutes);
  text('zone_name', manifest.zoneName);
  text('zone', manifest.zone);
  number('uptime_s', manifest.uptimeS);
  text('os', manifest.os);
  number('cpus', manifest.cpus);
  number('fresh', manifest.fresh === null ? null : Number(manifest.fresh));
  if (manifest.cpuMs !== null) table.int64('cpu_ms').set(manifest.cpuMs);
  if (manifest.shellPeakKb !== null) table.int64('shell_peak_kb').set(manifest.shellPeakKb);
  table.next();
}
