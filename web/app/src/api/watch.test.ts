import { describe, expect, it, vi } from 'vitest';
import { FakeStream } from '@/testing/stream';
import { scan } from '@/testing/samples';
import { watchScan } from './watch';

function watching(id = 'x1') {
  const watcher = { progress: vi.fn(), end: vi.fn(), lost: vi.fn() };
  const stop = watchScan(id, watcher, FakeStream.open);
  return { watcher, stop, stream: FakeStream.last() };
}

describe('watchScan', () => {
  it('tells progress until the scan ends, then leaves', () => {
    const { watcher, stream } = watching();
    expect(stream.url).toMatch(/^\/api\/v1\/scans\/x1\/events\?lang=(fr|en)$/);
    stream.emit('progress', JSON.stringify(scan({ state: 'running' })));
    stream.emit('end', '{"state":"done"}');
    stream.emit('progress', JSON.stringify(scan()));
    expect(watcher.progress).toHaveBeenCalledTimes(1);
    expect(watcher.end).toHaveBeenCalledTimes(1);
    expect(stream.closed).toBe(true);
  });

  it('passes over lines that are broken or of another scan', () => {
    const { watcher, stream } = watching();
    stream.emit('progress', '{"id":');
    stream.emit('progress', 'null');
    stream.emit('progress', JSON.stringify(scan({ id: 'x2' })));
    expect(watcher.progress).not.toHaveBeenCalled();
  });

  it('tells when the live news stop and come back', () => {
    const { watcher, stream } = watching();
    stream.fail();
    stream.emit('open', '');
    expect(watcher.lost.mock.calls).toEqual([[true], [false]]);
    expect(watcher.end).not.toHaveBeenCalled();
  });

  it('gives up when the server refuses for good', () => {
    const { watcher, stream } = watching();
    stream.refuse();
    expect(watcher.end).toHaveBeenCalledTimes(1);
    expect(stream.closed).toBe(true);
  });

  it('says nothing more once stopped', () => {
    const { watcher, stop, stream } = watching();
    stop();
    stream.emit('progress', JSON.stringify(scan()));
    stream.fail();
    stream.emit('end', '');
    expect(stream.closed).toBe(true);
    expect([...watcher.progress.mock.calls, ...watcher.lost.mock.calls, ...watcher.end.mock.calls]).toEqual([]);
  });

  it('asks for the scan and nothing else, whatever its id', () => {
    expect(watching('../users?x=').stream.url).toMatch(/^\/api\/v1\/scans\/\.\.%2Fusers%3Fx%3D\/events\?lang=(fr|en)$/);
  });
});
