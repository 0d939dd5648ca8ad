// What a figure was measured on and against. Nothing here tells which machine it was.
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { disk } from './folders.mjs';
import { peers } from './peers/index.mjs';
import { runNow } from './process.mjs';

const distribution = () => /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))[1];

export const machine = () => ({
  cpu: cpus()[0].model.trim(),
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: `Linux ${release().split('-')[0]}`,
  distribution: distribution(),
  fileSystem: runNow('df', ['--output=fstype', disk]).trim().split('\n').at(-1),
});

export const measuredPeers = () =>
  Object.fromEntries(
    Object.values(peers).map(({ name, settings, version }) => [name, { version: version(), settings }]),
  );

/** What was measured, of this repository; `+`: with changes that are not committed, the results themselves aside. */
export const commit = () => {
  const here = { cwd: new URL('..', import.meta.url) };
  const changed = runNow('git', ['status', '--porcelain', '--untracked-files=no', '.', ':!bench/results'], here);
  return runNow('git', ['rev-parse', '--short', 'HEAD'], here).trim() + (changed.trim() ? '+' : '');
};
