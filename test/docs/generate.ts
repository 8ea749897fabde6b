// npm run docs: writes the pages that are made from the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project.ts';
import { generatedPages } from './pages.ts';

for (const [path, text] of await generatedPages()) writeFileSync(join(projectRoot, path), text);
