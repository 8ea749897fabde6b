import type { Data, DataType, Vector } from 'apache-arrow';
import {
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Utf8,
} from 'apache-arrow';
import type { ColumnType, Table } from '../base/table.ts';

type Values =
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

interface ColumnBuffers {
  readonly values: Values;
  readonly validity: Uint8Array<ArrayBuffer>;
  readonly dictionary: { readonly bytes: Uint8Array<ArrayBuffer>; readonly offsets: Int32Array<ArrayBuffer> } | null;
}

/** A record batch as plain buffers: what crosses from a worker thread without being copied. */
export interface BatchBuffers {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly ColumnBuffers[];
}

/** Takes a batch apart. The batch must not be used afterwards once `transferList` has been posted. */
export function takeApart(table: string, batch: RecordBatch): BatchBuffers {
  const columns = batch.data.children.map((data): ColumnBuffers => {
    const entries = (data.dictionary as Vector | undefined)?.data[0];
    return {
      values: data.values as Values,
      validity: data.nullBitmap as Uint8Array<ArrayBuffer>,
      dictionary:
        entries === undefined
          ? null
          : {
              bytes: entries.values as Uint8Array<ArrayBuffer>,
              offsets: entries.valueOffsets as Int32Array<ArrayBuffer>,
            },
    };
  });
  return { table, rows: batch.numRows, columns };
}

/** The buffers to hand over instead of copying. */
export function transferList(batch: BatchBuffers): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { values, validity, dictionary } of batch.columns) {
    buffers.add(values.buffer).add(validity.buffer);
    if (dictionary !== null) buffers.add(dictionary.bytes.buffer).add(dictionary.offsets.buffer);
  }
  return [...buffers];
}

const ARROW_TYPE: Record<Exclude<ColumnType, 'VARCHAR'>, () => DataType> = {
  BOOLEAN: () => new Uint8(),
  INTEGER: () => new Int32(),
  BIGINT: () => new Int64(),
  DOUBLE: () => new Float64(),
  TIMESTAMP: () => new TimestampMicrosecond(),
};

/** Puts a batch together again, by the table's declaration. */
export function putTogether(table: Table, { rows, columns }: BatchBuffers): RecordBatch {
  const children = table.columns.map((column, i) => columnData(column.type, rows, columns[i]!));
  const schema = new Schema(table.columns.map((column, i) => new Field(column.name, children[i]!.type, true)));
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }));
}

function columnData(type: ColumnType, length: number, { values, validity, dictionary }: ColumnBuffers): Data {
  const shared = { length, nullBitmap: validity, data: values };
  if (type !== 'VARCHAR') return makeData({ type: ARROW_TYPE[type](), ...shared } as never);
  const { bytes, offsets } = dictionary!;
  const entries = makeData({ type: new Utf8(), length: offsets.length - 1, valueOffsets: offsets, data: bytes });
  return makeData({
    type: new Dictionary(new Utf8(), new Int32()),
    ...shared,
    dictionary: makeVector(entries),
  } as never);
}
