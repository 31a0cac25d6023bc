import i18n from 'i18next';
import type { Scan } from './types';

/** What a scan tells while it runs. */
export interface Watcher {
  progress: (scan: Scan) => void;
  /** The scan is over: nothing more comes. */
  end: () => void;
  /** No live news for now (true), or again (false); the browser reconnects by itself. */
  lost: (lost: boolean) => void;
}

/** The part of EventSource that watching needs. */
export interface EventStream {
  readonly readyState: number;
  addEventListener: (type: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export type OpenStream = (url: string) => EventStream;

/** The language that the server speaks to people in. */
export const spoken = (): 'fr' | 'en' => (i18n.language?.startsWith('fr') ? 'fr' : 'en');

const openStream: OpenStream = (url) => new EventSource(url) as unknown as EventStream;

const closed = 2; // EventSource.CLOSED

/** Follows a scan by server-sent events until it ends or stop is called. */
export function watchScan(id: string, watcher: Watcher, open: OpenStream = openStream): () => void {
  const stream = open(`/api/v1/scans/${encodeURIComponent(id)}/events?lang=${spoken()}`);
  let over = false;
  const stop = () => {
    over = true;
    stream.close();
  };
  stream.addEventListener('open', () => {
    if (!over) watcher.lost(false);
  });
  stream.addEventListener('progress', (event) => {
    const scan = over ? undefined : parseScan(event.data, id);
    if (scan) watcher.progress(scan);
  });
  stream.addEventListener('end', () => {
    if (over) return;
    stop();
    watcher.end();
  });
  stream.addEventListener('error', () => {
    if (over) return;
    watcher.lost(true);
    // Refused for good (signed out, scan gone): the queries find out why.
    if (stream.readyState === closed) {
      stop();
      watcher.end();
    }
  });
  return stop;
}

function parseScan(data: string, id: string): Scan | undefined {
  try {
    const scan = JSON.parse(data) as Scan;
    return scan.id === id ? scan : undefined;
  } catch {
    return undefined; // a broken line: the next one tells more
  }
}
