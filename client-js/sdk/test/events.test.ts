import { expect, test } from 'vitest';
import { Emitter } from '../src/events.js';

class Bell extends Emitter<{ ring: [times: number] }> {
  ring(times: number): void {
    this.emit('ring', times);
  }
}

function bell() {
  const told: string[] = [];
  return { bell: new Bell(), told, listener: (name: string) => (times: number) => void told.push(`${name} ${times}`) };
}

test('a listener hears each event until it is taken off, either way', () => {
  const { bell: it, told, listener } = bell();
  const [first, second] = [listener('first'), listener('second')];
  const stop = it.on('ring', first);
  it.on('ring', second);
  it.ring(1);
  stop();
  it.ring(2);
  it.off('ring', second);
  it.ring(3);
  expect(told).toEqual(['first 1', 'second 1', 'second 2']);
});

test('once is once, and may be taken off before', () => {
  const { bell: it, told, listener } = bell();
  const never = listener('never');
  it.once('ring', listener('once'));
  it.once('ring', never);
  it.off('ring', never);
  it.ring(1);
  it.ring(2);
  expect(told).toEqual(['once 1']);
});

test('a listener that another takes off while the event is told is not called', () => {
  const { bell: it, told, listener } = bell();
  const second = listener('second');
  it.on('ring', () => it.off('ring', second));
  it.on('ring', second);
  it.ring(1);
  expect(told).toEqual([]);
});
