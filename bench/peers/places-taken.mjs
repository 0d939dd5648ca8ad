// How many places of the territory that is booked are taken, as its Redis has them.
import { runNow } from '../process.mjs';
import { tag } from './booking-record.mjs';

const sum = `
local taken = 0
for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':cells:*')) do
  for _, cell in ipairs(redis.call('HVALS', key)) do
    local vip, other = string.match(cell, '^%d+,%d+,(%d+),(%d+),')
    taken = taken + vip + other
  end
end
return taken`;

export const placesTaken = (socket) => Number(runNow('redis-cli', ['-s', socket, 'EVAL', sum, '0', tag]));
