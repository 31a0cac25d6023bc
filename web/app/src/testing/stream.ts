import type { EventStream } from '@/api/watch';

type Listener = (event: MessageEvent<string>) => void;

/** An EventSource that tests speak through. */
export class FakeStream implements EventStream {
  static streams: FakeStream[] = [];

  readyState = 0;
  private readonly listeners = new Map<string, Listener[]>();

  constructor(readonly url: string) {
    FakeStream.streams.push(this);
  }

  static open = (url: string) => new FakeStream(url);

  /** The stream that was opened last. */
  static last(): FakeStream {
    const stream = FakeStream.streams.at(-1);
    if (!stream) throw new Error('no stream was opened');
    return stream;
  }

  get closed() {
    return this.readyState === 2;
  }

  addEventListener(type: string, listener: Listener) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  close() {
    this.readyState = 2;
  }

  emit(type: string, data: string) {
    for (const listener of this.listeners.get(type) ?? []) listener(new MessageEvent(type, { data }));
  }

  /** The connection breaks; the browser will try again, unless it was closed. */
  fail() {
    if (!this.closed) this.readyState = 0;
    this.emit('error', '');
  }

  /** The server refuses; the browser will not try again. */
  refuse() {
    this.readyState = 2;
    this.emit('error', '');
  }
}
