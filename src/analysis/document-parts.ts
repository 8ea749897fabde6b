import type { DuckDBConnection } from '@duckdb/node-api';
import type {
  CollectorCost,
  Coverage,
  Host,
  Note,
  Postmortem,
  Quality,
  RejectReason,
  Run,
  Series,
  Setting,
  Stall,
} from './document.ts';
import type { Impact } from './key-numbers.ts';
import type { QueryLibrary } from './library.ts';
import { instantAt, numberAt, type ParameterValues, type Row, runQuery, textAt } from './rows.ts';
import { readTimeline } from './timeline.ts';
import { readWhoGroup } from './who.ts';

/** The parts of the document that are read as they are, without judgement. */
export type DocumentParts = Pick<
  Postmortem,
  'hosts' | 'runs' | 'coverage' | 'timeline' | 'timelineLeftOut' | 'series' | 'who' | 'settings' | 'notes' | 'quality'
> & { readonly impacts: readonly Impact[]; readonly captures: readonly Row[] };

/** Runs `queries/document/` and shapes its rows. A part whose tables are not in the case is empty. */
export async function readDocumentParts(
  connection: DuckDBConnection,
  library: QueryLibrary,
  values: ParameterValues,
): Promise<DocumentParts> {
  const existing = await tableNames(connection);
  const rowsOf = async (id: string): Promise<Row[]> => {
    const file = library.document.find((candidate) => candidate.id === id);
    return file?.needs.every((need) => existing.has(need)) ? runQuery(connection, file, values) : [];
  };
  const coverage = (await rowsOf('coverage')).map(readCoverage);
  const timeline = readTimeline(await rowsOf('timeline'));
  return {
    hosts: (await rowsOf('hosts')).map(readHost),
    runs: (await rowsOf('runs')).map(readRun),
    coverage,
    timeline: timeline.events,
    timelineLeftOut: timeline.leftOut,
    series: (await rowsOf('series')).map(readSeries),
    who: (await rowsOf('who')).map(readWhoGroup),
    settings: (await rowsOf('settings')).map(readSetting),
    notes: (await rowsOf('case-notes')).map(readNote),
    captures: await rowsOf('sample-captures'),
    impacts: (await rowsOf('impact')).map(readImpact),
    quality: {
      ...readQuality(coverage, await rowsOf('rejects'), await rowsOf('gaps'), await rowsOf('notes')),
      rejectReasons: (await rowsOf('reject-reasons')).map(readReason),
      collectors: (await rowsOf('collectors')).map(readCollector),
      stalls: (await rowsOf('stalls')).map(readStall),
      importNotes: (await rowsOf('import-notes')).map((row) => ({
        note: textAt(row, 'note') ?? '',
        files: numberAt(row, 'files') ?? 0,
        first: textAt(row, 'first') ?? '',
      })),
    },
  };
}

async function tableNames(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(
    'select table_name from duckdb_tables() union select view_name from duckdb_views() where not internal',
  );
  return new Set(reader.getRowObjectsJson().map((row) => textAt(row, 'table_name') ?? ''));
}

function readNote(row: Row): Note {
  return {
    written: instantAt(row, 'written') ?? '',
    author: textAt(row, 'author') ?? '',
    text: textAt(row, 'text') ?? '',
    at: instantAt(row, 'about_ts'),
    finding: textAt(row, 'finding'),
  };
}

function readImpact(row: Row): Impact {
  return {
    host: textAt(row, 'host') ?? '',
    answered: numberAt(row, 'answered'),
    failed: numberAt(row, 'failed'),
    refusingS: numberAt(row, 'refusing_s'),
    lastedS: numberAt(row, 'lasted_s') ?? 0,
  };
}

function readHost(row: Row): Host {
  return {
    name: textAt(row, 'name') ?? '',
    kernel: textAt(row, 'kernel'),
    os: textAt(row, 'os'),
    cpus: numberAt(row, 'cpus'),
    zone: textAt(row, 'zone'),
    zoneId: textAt(row, 'zone_id'),
    zoneOffsetMin: numberAt(row, 'zone_offset_min'),
    collector: textAt(row, 'collector'),
  };
}

function readRun(row: Row): Run {
  const start = instantAt(row, 'start') ?? '';
  return {
    name: textAt(row, 'name') ?? '',
    host: textAt(row, 'host') ?? '',
    start,
    end: instantAt(row, 'end') ?? start,
    captures: numberAt(row, 'captures') ?? 0,
    intervalS: numberAt(row, 'interval_s'),
  };
}

function readCoverage(row: Row): Coverage {
  const samples = row['samples'];
  const strip = textAt(row, 'strip');
  return {
    host: textAt(row, 'host') ?? '',
    source: textAt(row, 'source') ?? '',
    samples: (typeof samples === 'string' ? JSON.parse(samples) : samples) as Record<string, number>,
    lines: numberAt(row, 'lines') ?? 0,
    rows: numberAt(row, 'rows') ?? 0,
    known: numberAt(row, 'known') ?? 0,
    rejects: numberAt(row, 'rejects') ?? 0,
    bytes: numberAt(row, 'bytes') ?? 0,
    note: textAt(row, 'note'),
    ...(strip === null ? {} : { strip: JSON.parse(strip) as NonNullable<Coverage['strip']> }),
  };
}

function readSeries(row: Row): Series {
  return {
    host: textAt(row, 'host') ?? '',
    run: textAt(row, 'run') ?? '',
    metric: textAt(row, 'metric') ?? '',
    dimension: textAt(row, 'dimension') ?? '',
    kind: textAt(row, 'kind') as Series['kind'],
    unit: textAt(row, 'unit') ?? '',
    at: (row['at_ms'] as readonly unknown[]).map(Number),
    value: (row['value'] as readonly unknown[]).map((value) => (value === null ? null : Number(value))),
    baseline: numberAt(row, 'baseline'),
  };
}

function readSetting(row: Row): Setting {
  return {
    host: textAt(row, 'host') ?? '',
    kind: textAt(row, 'kind') as Setting['kind'],
    key: textAt(row, 'key') ?? '',
    value: textAt(row, 'value') ?? '',
    judgement: textAt(row, 'judgement'),
    why: textAt(row, 'why'),
    origin: textAt(row, 'origin'),
    matters: row['matters'] === true,
  };
}

function readReason(row: Row): RejectReason {
  return {
    source: textAt(row, 'source') ?? '',
    reason: textAt(row, 'reason') ?? '',
    lines: numberAt(row, 'lines') ?? 0,
    atLeast: row['at_least'] === true,
    capture: textAt(row, 'capture') ?? '',
    member: textAt(row, 'member') ?? '',
    line: numberAt(row, 'line_no') ?? 0,
    excerpt: textAt(row, 'excerpt') ?? '',
  };
}

function readCollector(row: Row): CollectorCost {
  const cost = (name: string): CollectorCost['wallMs'] => {
    const median = numberAt(row, `${name}_median`);
    const most = numberAt(row, `${name}_most`);
    const mostAt = instantAt(row, `${name}_most_at`);
    return median === null || most === null || mostAt === null ? null : { median, most, mostAt };
  };
  return {
    host: textAt(row, 'host') ?? '',
    collector: textAt(row, 'collector'),
    samples: numberAt(row, 'samples') ?? 0,
    wallMs: cost('wall_ms'),
    cpuMs: cost('cpu_ms'),
    cpuShare: numberAt(row, 'cpu_share'),
    shellPeakKb: numberAt(row, 'shell_peak_kb'),
  };
}

function readStall(row: Row): Stall {
  return {
    host: textAt(row, 'host') ?? '',
    source: textAt(row, 'source') ?? '',
    samples: numberAt(row, 'samples') ?? 0,
    of: numberAt(row, 'of_samples') ?? 0,
    mostMs: numberAt(row, 'most_ms') ?? 0,
    mostAt: instantAt(row, 'most_at') ?? '',
  };
}

function readQuality(
  coverage: readonly Coverage[],
  rejects: readonly Row[],
  gaps: readonly Row[],
  notes: readonly Row[],
): Omit<Quality, 'rejectReasons' | 'collectors' | 'stalls' | 'importNotes'> {
  const sum = (key: 'lines' | 'rows' | 'known' | 'rejects'): number =>
    coverage.reduce((total, item) => total + item[key], 0);
  return {
    lines: sum('lines'),
    rows: sum('rows'),
    known: sum('known'),
    rejects: sum('rejects'),
    rejectExamples: rejects.map((row) => ({
      capture: textAt(row, 'capture') ?? '',
      source: textAt(row, 'source') ?? '',
      member: textAt(row, 'member') ?? '',
      line: numberAt(row, 'line_no') ?? 0,
      reason: textAt(row, 'reason') ?? '',
      excerpt: textAt(row, 'excerpt') ?? '',
    })),
    gaps: gaps.map((row) => ({
      host: textAt(row, 'host') ?? '',
      start: instantAt(row, 'start') ?? '',
      end: instantAt(row, 'end') ?? '',
    })),
    notes: notes.map((row) => textAt(row, 'note') ?? ''),
  };
}
