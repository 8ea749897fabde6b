import { CaseFile } from '../../store/case-file.ts';
import { type CaseSummary, readCaseSummary } from '../../store/case-summary.ts';
import { addNote, type CaseNote, removeNote } from '../../store/notes.ts';
import { doJob } from './job-process.ts';

/** A note to add to a case, or the id of one to remove. */
export interface NoteJob {
  readonly casePath: string;
  readonly memoryMb: number;
  readonly lastackVersion: string;
  readonly add: Omit<CaseNote, 'id'> | null;
  readonly remove: number | null;
}

doJob(async ({ casePath, memoryMb, lastackVersion, add, remove }: NoteJob): Promise<CaseSummary> => {
  const file = await CaseFile.openOrCreate(casePath, { tables: [], lastackVersion, memoryMb });
  try {
    if (add !== null) await addNote(file.connection, add);
    if (remove !== null) await removeNote(file.connection, remove);
    return await readCaseSummary(file.connection);
  } finally {
    file.close();
  }
});
