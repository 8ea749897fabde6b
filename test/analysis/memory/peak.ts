// Analyses a case in a process of its own and prints the highest memory of that process in kB: node peak.js CASE MEMORY_MB [UNTIL]
import { readFileSync } from 'node:fs';
import { analyse } from '../../../src/analysis/analyse.ts';
import { CaseFile } from '../../../src/store/case-file.ts';

const [path, memoryMb, until] = process.argv.slice(2);
const file = await CaseFile.openReadOnly(path!, Number(memoryMb));
await analyse(file.connection, { lastackVersion: '0.0.0-test', ...(until === undefined ? {} : { until }) });
file.close();
process.stdout.write(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '');
