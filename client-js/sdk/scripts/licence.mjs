// The licence of the repository goes into the package: npm takes it from the package's own folder alone.
import { copyFileSync } from 'node:fs';

copyFileSync(new URL('../../../LICENSE', import.meta.url), new URL('../LICENSE', import.meta.url));
