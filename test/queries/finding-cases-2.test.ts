import { testCases } from './finding-cases.ts';

await testCases(1);
