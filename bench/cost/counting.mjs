// Builds placette-cost and counts the instructions of each of its stages, always in the same surroundings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNow } from '../process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = './placette-cost';

// No optimization at link time: there, a change in one place decides anew what is inlined in others.
const settings = ['BUILD_TYPE=Release', 'CXX_FLAGS=', 'INTERPROCEDURAL_OPTIMIZATION=OFF'].map(
  (one) => `-DCMAKE_${one}`,
);
const parts = ['-DPLACETTE_TESTS=OFF', '-DPLACETTE_BENCH=ON'];

// The C library picks its copying by the processor; callgrind counts a `rep movsb` by the byte. So: what all x86-64 have.
const surroundings = { PATH: '/usr/bin:/bin', GLIBC_TUNABLES: 'glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS' };

export function build(folder) {
  const toStderr = { stdio: ['ignore', 2, 2] };
  runNow('cmake', ['-S', root, '-B', folder, '-G', 'Ninja', ...settings, ...parts], toStderr);
  runNow('cmake', ['--build', folder, '--target', 'placette-cost'], toStderr);
}

/** What the counts depend on, apart from the code. */
export function tools(folder) {
  const cache = readFileSync(join(folder, 'CMakeCache.txt'), 'utf8');
  const cached = (name) => new RegExp(`^${name}:\\w+=(.*)$`, 'm').exec(cache)[1];
  const version = (tool) => runNow(tool, ['--version']).split('\n')[0];
  return {
    compiler: version(cached('CMAKE_CXX_COMPILER')).replace(/^\S+ /, ''), // by whatever name it was called
    flags: `${cached('CMAKE_CXX_FLAGS')} ${cached('CMAKE_CXX_FLAGS_RELEASE')} -std=c++20`.trim(),
    valgrind: version('valgrind'),
  };
}

export const profileOf = (stage) => `${stage.replace(/\W+/g, '-')}.callgrind`;

function instructions(stage, inFolder) {
  const profile = profileOf(stage);
  const options = ['--tool=callgrind', '--instr-atstart=no', `--callgrind-out-file=${profile}`, '--quiet'];
  runNow('valgrind', [...options, program, stage], inFolder);
  return Number(/^totals: (\d+)$/m.exec(readFileSync(join(inFolder.cwd, profile), 'utf8'))[1]);
}

/** Instructions by stage. */
export function count(folder) {
  const inFolder = { cwd: folder, env: surroundings };
  const stages = runNow(program, [], inFolder).trim().split('\n');
  return Object.fromEntries(stages.map((stage) => [stage, instructions(stage, inFolder)]));
}
