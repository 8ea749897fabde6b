import type { PackedBatch } from '../base/batch.ts';
import type { Table } from '../base/table.ts';
import { TableBuilder } from '../base/table-builder.ts';
import type { RowOrigin } from '../store/appender.ts';

/** Where finished batches go. */
export interface BatchOutlet {
  batch(origin: RowOrigin, table: string, batch: PackedBatch): void;
  /** A buffer for a batch, of at least so many bytes. */
  allocate(bytes: number): ArrayBuffer;
}

/**
 * The builders of a worker, one a table, for samples that are read one after the other: columns keep their room from sample to
 * sample. Whoever reads a sample flushes the builders it used.
 */
export class TableBuilders {
  readonly #outlet: BatchOutlet;
  readonly #builders = new Map<string, TableBuilder>();
  #origin: RowOrigin | null = null;

  constructor(outlet: BatchOutlet) {
    this.#outlet = outlet;
  }

  /** Rows are of this sample from now on. */
  begin(origin: RowOrigin): void {
    this.#origin = origin;
  }

  of(table: Table): TableBuilder {
    let builder = this.#builders.get(table.name);
    if (builder === undefined) {
      const outlet = this.#outlet;
      builder = new TableBuilder(
        table,
        (name, batch) => outlet.batch(this.#origin!, name, batch),
        (bytes) => outlet.allocate(bytes),
      );
      this.#builders.set(table.name, builder);
    }
    return builder;
  }
}
