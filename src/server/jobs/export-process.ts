import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CaseFile } from '../../store/case-file.ts';
import { exportParquet } from '../../store/export.ts';
import { doJob } from './job-process.ts';

/** A case to write as Parquet files below `folder`. */
export interface ExportJob {
  readonly casePath: string;
  readonly folder: string;
  readonly memoryMb: number;
}

doJob(async ({ casePath, folder, memoryMb }: ExportJob): Promise<null> => {
  const file = await CaseFile.openReadOnly(casePath, memoryMb);
  try {
    const parquet = join(folder, 'parquet');
    await mkdir(parquet);
    await exportParquet(file.connection, parquet);
    return null;
  } finally {
    file.close();
  }
});
