/** Reads what stands at `at` and returns where it ends; -1 when it is not what the format says. */
export type Step = (bytes: Uint8Array, at: number, end: number) => number;

/** Takes the bytes of one field; false when they cannot be its value. */
export type Take = (bytes: Uint8Array, start: number, end: number) => boolean;
