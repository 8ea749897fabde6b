import type { TimelineEvent, TimelineLeftOut } from './timeline-event.ts';

/** Version of the JSON documents; raised when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

export type Severity = 'critical' | 'warning' | 'info';
export type Role = 'cause' | 'symptom' | 'context';
export type Confidence = 'high' | 'medium' | 'low';

/**
 * UTC, ISO 8601 with milliseconds: `2026-11-22T20:46:09.000Z`.
 * @pattern ^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$
 */
export type Instant = string;

/** The answer to "what happened, when, why, how do we know, what now": the whole result of an analysis. */
export interface Postmortem {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'postmortem';
  /** What the captures cover. */
  readonly recorded: { readonly start: Instant; readonly end: Instant };
  /** The incident as found: first onset to last end; null when nothing above info was found. */
  readonly window: {
    readonly start: Instant;
    readonly end: Instant;
    readonly beginsBeforeRecording: boolean;
    readonly endsAfterRecording: boolean;
  } | null;
  readonly hosts: readonly Host[];
  readonly runs: readonly Run[];
  readonly coverage: readonly Coverage[];
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Which findings explain which, by mechanism and time: the graph behind the verdict. */
  readonly links: readonly CauseLink[];
  /** Findings that could not be checked, and the tables that were missing. */
  readonly unchecked: readonly { readonly id: string; readonly title: string; readonly missing: readonly string[] }[];
  /** Steps of the overload sequence and other cascades, in order; empty when there is none. */
  readonly course: readonly CourseStep[];
  readonly timeline: readonly TimelineEvent[];
  /** Entries for which the timeline had no room; the graver ones are in it. Empty where all are. */
  readonly timelineLeftOut: readonly TimelineLeftOut[];
  readonly series: readonly Series[];
  /** What each rise was made of; empty when nothing rose. */
  readonly who: readonly WhoGroup[];
  readonly settings: readonly Setting[];
  /** What people wrote about the case, by the time it is about. */
  readonly notes: readonly Note[];
  readonly quality: Quality;
  /** How the result was made: versions, parameters, queries run. */
  readonly method: {
    readonly lastack: string;
    readonly duckdb: string;
    readonly queries: readonly string[];
    /** Every threshold of the queries that ran. */
    readonly parameters: readonly Threshold[];
    readonly since: Instant | null;
    readonly until: Instant | null;
  };
}

/** A note of somebody; hostile text. */
export interface Note {
  readonly written: Instant;
  /** Who wrote it, as they say; may be empty. */
  readonly author: string;
  readonly text: string;
  /** The time it is about; null for none. */
  readonly at: Instant | null;
  /** Id of the finding it is about, which need not be among those found; null for none. */
  readonly finding: string | null;
}

/** A named threshold, as it was used. */
export interface Threshold {
  /** `query.parameter`. */
  readonly name: string;
  readonly value: number | string | boolean;
  /** Absent for a plain number. */
  readonly unit?: string;
  readonly meaning: string;
  /** The value of the query’s header, where another one was asked for. */
  readonly insteadOf?: number | string | boolean;
}

export interface Host {
  readonly name: string;
  readonly kernel: string | null;
  readonly os: string | null;
  readonly cpus: number | null;
  /** Abbreviation the host uses for its time zone, or its offset. */
  readonly zone: string | null;
  /** IANA name of its time zone: `Europe/Berlin`. */
  readonly zoneId: string | null;
  /** Minutes east of UTC at the last sample. */
  readonly zoneOffsetMin: number | null;
  readonly collector: string | null;
}

export interface Run {
  readonly name: string;
  readonly host: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly captures: number;
  /** Median distance of samples; null for a single one. */
  readonly intervalS: number | null;
}

/** One source of one host over all samples; `samples` counts statuses: collected, empty, absent, failed, truncated, skipped. */
export interface Coverage {
  readonly host: string;
  readonly source: string;
  readonly samples: Readonly<Record<string, number>>;
  /** Lines of its members: those that gave rows, `known` ones and `rejects`. */
  readonly lines: number;
  /** Rows made; a line may give several, and several lines one. */
  readonly rows: number;
  /** Lines that carry no row by nature: headers, blanks. */
  readonly known: number;
  readonly rejects: number;
  readonly bytes: number;
  readonly note: string | null;
  /** The status sample by sample, where a source was read in some samples and could not be in others; `at` in milliseconds since 1970 UTC. */
  readonly strip?: { readonly at: readonly number[]; readonly status: readonly string[] };
}

export interface Verdict {
  /** Id of a finding, or null: nothing found, or no cause can be told from another. */
  readonly rootCause: string | null;
  readonly host: string | null;
  readonly severity: Severity | 'none';
  readonly confidence: Confidence;
  readonly sentence: string;
  /** What the cause was seen by, in a sentence or two. */
  readonly explanation: string;
  /** What followed from it, in order of onset, a short sentence each. */
  readonly course: readonly VerdictStep[];
  /** Look-alikes that were ruled out, and the observation that speaks against each. */
  readonly ruledOut: readonly { readonly id: string; readonly because: string }[];
  /** What keeps the verdict from being surer or more complete, a sentence each. */
  readonly limits: readonly string[];
  /** What to do first; null when there is nothing to do. */
  readonly doFirst: string | null;
  /** Four or five numbers that matter. */
  readonly numbers: readonly KeyNumber[];
}

/** One finding explains another of the same host: its mechanism leads there, and it began no later, clocks allowed for. */
export interface CauseLink {
  readonly host: string;
  /** Ids of findings, and what they are about. */
  readonly cause: string;
  readonly causeSubject: string | null;
  readonly effect: string;
  readonly effectSubject: string | null;
  /** Seconds from the onset of the cause to that of the effect; below zero within what is known of both. */
  readonly lagS: number;
}

/** A consequence of the cause, as the head of a report tells it. */
export interface VerdictStep {
  /** Id of the finding. */
  readonly finding: string;
  readonly host: string;
  readonly at: Instant;
  /** Seconds after the onset of the cause. */
  readonly lagS: number;
  readonly text: string;
}

export interface KeyNumber {
  readonly label: string;
  readonly value: string;
  /** The usual value, or what the number is compared with. */
  readonly usual: string | null;
  /** The series it was seen in, where there is one. */
  readonly host?: string;
  readonly metric?: string;
  readonly dimension?: string;
}

export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly role: Role;
  readonly confidence: Confidence;
  readonly host: string;
  /** Listener, backend, interface … the finding is about; null for the whole host. */
  readonly subject: string | null;
  readonly onset: Instant;
  /** Null: still going on when the recording ends. */
  readonly end: Instant | null;
  /** Half-width of what is known of the onset: one sampling interval, or the log's resolution. */
  readonly onsetUncertaintyS: number;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly ruledOut: readonly { readonly id: string; readonly because: string }[];
  readonly actions: readonly Action[];
  /** The innocent causes the finding cannot exclude. */
  readonly caveats: readonly string[];
  /** File of the query behind it, and the statement as it ran. */
  readonly query: string;
  readonly sql: string;
}

export interface Evidence {
  readonly text: string;
  /** A metric of `series`, with the dimension it was seen in. */
  readonly metric?: string;
  readonly dimension?: string;
  readonly value?: number;
  readonly baseline?: number;
  readonly unit?: string;
  readonly at?: Instant;
  /** Where the raw line stands. */
  readonly capture?: string;
  readonly member?: string;
  readonly line?: number;
  /** The raw line, cut short; hostile text. */
  readonly excerpt?: string;
}

export interface Action {
  readonly text: string;
  readonly command?: string;
  readonly risk: string;
  readonly verify: string;
}

/** One step of a cascade: seen (when, how big), expected but not seen, or not to be seen in this recording. */
export interface CourseStep {
  readonly finding: string;
  readonly host: string;
  /** `workers`, `accept-queue`, `SYN_RECV`, `CLOSE_WAIT`, `LAST_ACK`. */
  readonly step: string;
  readonly title: string;
  readonly status: 'seen' | 'not-seen' | 'not-observable';
  readonly onset: Instant | null;
  readonly end: Instant | null;
  /** Seconds after the first step. */
  readonly lagS: number | null;
  readonly peak: number | null;
  readonly usual: number | null;
  readonly note: string;
}

/** One metric of one host and dimension, columnar; `at` in milliseconds since 1970 UTC, missing samples are absent or null. */
export interface Series {
  readonly host: string;
  readonly run: string;
  readonly metric: string;
  readonly dimension: string;
  readonly kind: 'gauge' | 'rate' | 'ratio';
  readonly unit: string;
  readonly at: readonly number[];
  readonly value: readonly (number | null)[];
  /** What is usual for this series when quiet; null when there is no quiet part. */
  readonly baseline: number | null;
}

/** What a rise was made of: one population (sockets in a state, a listener, conntrack entries, requests) split by one dimension. */
export interface WhoGroup {
  readonly host: string;
  readonly run: string;
  /** `SYN_RECV`, `CLOSE_WAIT`, …; `accept-queue`; `conntrack`; `requests`; `failed-requests`. */
  readonly of: string;
  /** `peer`, `prefix`, `listener`, `backend`, `process`, `url`, `vhost`, `user-agent`. */
  readonly by: string;
  /** `CLOSE_WAIT sockets by peer prefix`. */
  readonly title: string;
  /** sockets, entries, requests. */
  readonly unit: string;
  /** How values of a span are folded: samples are averaged, events are summed. */
  readonly fold: 'mean' | 'sum';
  /** Milliseconds since 1970 UTC, one per sample or bucket; missing samples are absent. */
  readonly at: readonly number[];
  /** The largest movers first, at most 12; the rest in `others`. */
  readonly rows: readonly WhoRow[];
  readonly others: { readonly names: number; readonly value: readonly number[] } | null;
}

export interface WhoRow {
  /** Hostile text. */
  readonly name: string;
  /** Those but `client` are left out of blame; `none` is no address. */
  readonly kind: 'client' | 'backend' | 'own' | 'health-check' | 'proxy' | 'none';
  /** As long as `at`; zero: looked at, and none was there. */
  readonly value: readonly number[];
  /** Folded over what precedes the incident; null: there is no quiet part. */
  readonly before: number | null;
  /** Folded over the incident. */
  readonly during: number;
  /** Share of the group’s total, 0 to 1. */
  readonly shareBefore: number | null;
  readonly shareDuring: number;
}

export interface Setting {
  readonly host: string;
  readonly kind: 'sysctl' | 'apache' | 'listener';
  readonly key: string;
  readonly value: string;
  /** Two words: `Default`, `Too low`, `No effect`, …; null when nothing is to be said. */
  readonly judgement: string | null;
  readonly why: string | null;
  readonly origin: string | null;
  /** It had a part in what was seen, does harm, or does not do what it is set for. */
  readonly matters: boolean;
}

export interface Quality {
  /** Sums over all coverage. */
  readonly lines: number;
  readonly rows: number;
  readonly known: number;
  readonly rejects: number;
  /** Lines that could not be read, by source and reason; the most frequent first. */
  readonly rejectReasons: readonly RejectReason[];
  readonly rejectExamples: readonly {
    readonly capture: string;
    readonly source: string;
    readonly member: string;
    readonly line: number;
    readonly reason: string;
    readonly excerpt: string;
  }[];
  /** Gaps in the sampling, longer than twice the interval. */
  readonly gaps: readonly { readonly host: string; readonly start: Instant; readonly end: Instant }[];
  /** What the recording cannot show, in sentences. */
  readonly notes: readonly string[];
  /** What recording cost the host, by host and collector; empty where no manifest says. */
  readonly collectors: readonly CollectorCost[];
  /** Probes that took a second or longer, by host and source; the longest first. */
  readonly stalls: readonly Stall[];
  /** Archives and entries that were left out or could not be read, by reason. */
  readonly importNotes: readonly { readonly note: string; readonly files: number; readonly first: string }[];
}

/** What recording cost one host; packing the archives is not in it. */
export interface CollectorCost {
  readonly host: string;
  /** Program and version; null where the manifests do not say. */
  readonly collector: string | null;
  readonly samples: number;
  /** From the first probe of a sample to the end of the last; null where not recorded. */
  readonly wallMs: { readonly median: number; readonly most: number; readonly mostAt: Instant } | null;
  /** Processor time of the collector and all it started; null where not recorded. */
  readonly cpuMs: { readonly median: number; readonly most: number; readonly mostAt: Instant } | null;
  /** All processor time over the time recorded: 0.02 is 2 % of one processor; null for a single sample. */
  readonly cpuShare: number | null;
  /** Peak memory of the collector's shell, KiB; null where not recorded. */
  readonly shellPeakKb: number | null;
}

/** A source whose probe kept the collector waiting. */
export interface Stall {
  readonly host: string;
  readonly source: string;
  /** Samples in which it took a second or longer, of all in which it was timed. */
  readonly samples: number;
  readonly of: number;
  readonly mostMs: number;
  readonly mostAt: Instant;
}

export interface RejectReason {
  readonly source: string;
  readonly reason: string;
  readonly lines: number;
  /** A hundred lines a member are kept: there are more of this source, and their reasons are not known one by one. */
  readonly atLeast: boolean;
  /** Where the first one stands; its text is cut, and hostile. */
  readonly capture: string;
  readonly member: string;
  readonly line: number;
  readonly excerpt: string;
}
