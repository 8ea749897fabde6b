const FRAME = /^\s*(?:[{}[\],]+|"dmesg": \[)\s*$/;
const PAIR = /^\s*"(pri|fac|time|caller|msg)": *(.*?),?$/s;

/** One message of `dmesg -J`, which comes on several lines. */
export class JsonMessage {
  time: number = Number.NaN;
  priority = -1;

  /** What a line of the JSON dialect is: its message, `null` for another part of it, `undefined` for no JSON line. */
  read(line: string): string | null | undefined {
    if (FRAME.test(line)) return null;
    const pair = PAIR.exec(line.trimEnd());
    if (pair === null) return undefined;
    const [, key, value] = pair;
    if (key === 'time') this.time = Number(value);
    else if (key === 'pri') this.priority = /^\d{1,4}$/.test(value!) ? Number(value) : -1;
    return key === 'msg' ? text(value!) : null;
  }

  clear(): void {
    this.time = Number.NaN;
    this.priority = -1;
  }
}

function text(value: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
