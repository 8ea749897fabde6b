import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Habit, Kind, Strength } from './kind.ts';
import { type Moment, type Settings, SOURCES, type SourceId, usualSettings } from './moment.ts';
import { Noise } from './noise.ts';
import { bareMoments, liveThrough } from './quiet-host.ts';

/** One run before it is written: all that decides it. The same plan gives the same tables. */
export interface Plan {
  readonly index: number;
  readonly seed: number;
  readonly kind: string | null;
  readonly intervalS: number;
  readonly samples: number;
  readonly strength: Strength;
  readonly noise: NoiseLevel;
  readonly missing: SourceId | null;
  readonly habits: readonly string[];
  readonly hosts: number;
  /** The fault began before the first sample. */
  readonly early: boolean;
}

export type NoiseLevel = 'low' | 'medium' | 'high';

/** One host's part of a run. */
export interface HostRun {
  readonly host: string;
  readonly settings: Settings;
  readonly moments: readonly Moment[];
  /** Seconds since the first sample; null on a host without a fault. */
  readonly fault: { readonly startS: number; readonly endS: number } | null;
}

export const STRENGTHS: readonly Strength[] = ['weak', 'medium', 'strong'];
export const INTERVALS: readonly number[] = [1, 5, 10, 30, 60, 300];
export const NOISES: readonly NoiseLevel[] = ['low', 'medium', 'high'];
const SIZE: Readonly<Record<NoiseLevel, number>> = { low: 0.1, medium: 0.3, high: 0.6 };
const SAMPLES: Readonly<Record<number, number>> = { 1: 120, 5: 60, 10: 48, 30: 40, 60: 40, 300: 36 };

export const kinds: readonly Kind[] = await loadAll('kinds', 'kind');
export const habits: readonly Habit[] = await loadAll('habits', 'habit');

/** Draws a plan. Each dimension is taken in turn or at random, whatever the others are. */
export function draw(kind: Kind | null, index: number, seed: number): Plan {
  const noise = new Noise(seed + 7919 * index + nameNumber(kind?.id ?? ''), 0.3);
  const intervalS = INTERVALS[index % INTERVALS.length]!;
  const short = kind === null && noise.chance(0.08);
  return {
    index,
    seed: noise.random.between(1, 2 ** 30),
    kind: kind?.id ?? null,
    intervalS,
    samples: short ? noise.random.between(1, 4) : SAMPLES[intervalS]!,
    strength: STRENGTHS[Math.floor(index / 2) % 3]!,
    noise: NOISES[noise.random.between(0, 2)]!,
    missing: noise.chance(0.25) ? noise.random.pick(SOURCES) : null,
    habits: habits
      .filter(() => noise.chance(kind === null ? 0.3 : 0.12))
      .map((habit) => habit.id)
      .filter((id) => kind?.without?.includes(id) !== true),
    hosts: noise.chance(0.1) ? 2 : 1,
    early: noise.chance(0.08) && kind !== null && kind.whole !== true,
  };
}

/** A number of a name, so that a new kind leaves the runs of the others as they are. */
export function nameNumber(name: string): number {
  let mixed = 0;
  for (const letter of name) mixed = (Math.imul(mixed, 31) + letter.charCodeAt(0)) | 0;
  return mixed;
}

/** Lives the plan through, host by host; a fault is on the first. */
export function enact(plan: Plan): HostRun[] {
  const kind = kinds.find((one) => one.id === plan.kind) ?? null;
  return Array.from({ length: plan.hosts }, (_, i) => {
    const noise = new Noise(plan.seed + i, SIZE[plan.noise]);
    const settings = usualSettings();
    if (i === 0) kind?.prepare?.(settings);
    const moments = bareMoments(plan.samples, plan.intervalS);
    for (const habit of habits) if (plan.habits.includes(habit.id)) habit.apply(moments, noise, settings);
    liveThrough(moments, noise, settings);
    const fault = i === 0 && kind !== null ? breakIt(kind, plan, moments, noise, settings) : null;
    return { host: `www${i + 1}`, settings, moments, fault };
  });
}

function breakIt(kind: Kind, plan: Plan, moments: Moment[], noise: Noise, settings: Settings): HostRun['fault'] {
  const step = STRENGTHS.indexOf(plan.strength) as 0 | 1 | 2;
  if (kind.whole === true) {
    const endS = plan.samples * plan.intervalS;
    for (const moment of moments)
      kind.during(moment, { strength: plan.strength, step, forS: moment.atS, settings, noise });
    return { startS: 0, endS };
  }
  const least = Math.max(kind.samples ?? 4, Math.ceil(75 / plan.intervalS));
  const length = Math.min(Math.floor(plan.samples / 2), least + Math.floor(noise.between(0, 0.15 * plan.samples)));
  const first = plan.early ? 0 : Math.floor(noise.between(0.3, 0.9) * (plan.samples - length));
  const startS = first * plan.intervalS - plan.intervalS * noise.between(plan.early ? 8 : 0, plan.early ? 20 : 1);
  const endS = (first + length) * plan.intervalS;
  for (const moment of moments) {
    const fault = { strength: plan.strength, step, forS: moment.atS - startS, settings, noise };
    if (moment.atS >= startS && moment.atS < endS) {
      moment.lost = false;
      kind.during(moment, fault);
    } else if (moment.atS >= endS) kind.after?.(moment, fault, moment.atS - endS);
  }
  return { startS, endS };
}

async function loadAll<T>(folder: string, name: string): Promise<T[]> {
  const path = join(import.meta.dirname, folder);
  const files = readdirSync(path)
    .filter((file) => file.endsWith('.js'))
    .toSorted();
  return Promise.all(files.map(async (file) => ((await import(join(path, file))) as Record<string, T>)[name]!));
}
