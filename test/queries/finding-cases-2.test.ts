import { it } from 'node:test';
import { caseTests } from './finding-cases.ts';

for (const { title, run } of await caseTests(1)) it(title, run);
