/** The service's HTTP API as the panel uses it. */

/**
 * @typedef {{from?: number | null, to?: number | null}} Years
 * @typedef {{id: string, label: string, title?: string, url?: string, year?: number, method?: string, voice?: string, checked?: string}} Source
 * @typedef {{kind: string, label: string, pages?: number[]}} Locator
 * @typedef {{document: string, version?: string, passage?: string, start?: number, end?: number}} Reference where a quote stands
 * @typedef {Reference & {number: number, id: string, title: string, origin: string, quote: string, language?: string,
 *   locator: Locator, as_of?: string, sources: Source[], href: string}} Citation
 * @typedef {{text: string, language?: string, citations: number[], support?: string, translated_from?: string | null}} Statement
 * @typedef {{document: string, statements: number[], title?: string, countries?: string[], place?: string, years?: Years}} Group
 * @typedef {{document: string, title: string, countries?: string[], place?: string, years?: Years, summary?: string, language?: string,
 *   citations?: number[], why?: string}} Example
 * @typedef {{id?: string, conversation?: string | null, question: string, language?: string, outcome: string, statements: Statement[], groups: Group[],
 *   disagreements: {topic: string, statements: number[]}[], examples: Example[], nearest: Example[], citations: Citation[],
 *   missing: {kind: string, text: string}[], follow_ups: string[], notices: {code: string, text: string}[],
 *   library?: {version: string, documents: number}}} Answer
 * @typedef {{id: string, heading?: string | null, locator?: Locator, text: string, sentences?: {start: number, end: number, sources: string[]}[]}} Passage
 * @typedef {{id: string, version: string, current: boolean, title: string, origin: string, kind?: string, countries?: string[], place?: string,
 *   years?: Years, as_of?: string, summary?: string, language?: string, passages: Passage[], sources: Source[]}} Document
 * @typedef {{suggested: string[], labels: Record<string, Record<string, string>>, limits: {question: number}}} Meta
 */

const ROOT = new URL('../../', import.meta.url);

/** The service answered, and says what is wrong and how to mend it (RFC 9457). */
export class Problem extends Error {
  /** @param {{title?: string, detail?: string, status?: number}} [details] @param {number} [retryAfter] in seconds */
  constructor(details = {}, retryAfter = 0) {
    super(details.title ?? '');
    this.title = details.title ?? '';
    this.detail = details.detail ?? '';
    this.status = details.status ?? 0;
    this.retryAfter = retryAfter;
  }
}

/** The service was not reached, or the line broke. */
export class Unreachable extends Error {}

/** @returns {Promise<Meta>} */
export async function meta() {
  return json(await call('v1/meta'));
}

/** @type {Map<string, Document>} */
const opened = new Map();

/**
 * A document; one opened before is not fetched again.
 * @param {string} id @param {string} [version] the current one unless said
 * @returns {Promise<Document>}
 */
export async function getDocument(id, version) {
  const path = `v1/documents/${encodeURIComponent(id)}${version ? `?version=${encodeURIComponent(version)}` : ''}`;
  const known = opened.get(path);
  if (known) return known;
  const found = await json(await call(path));
  opened.set(path, found);
  return found;
}

/**
 * Ask; `onEvent` hears what comes before the whole answer.
 * @param {{question: string, conversation: string | null, site: string | null}} request
 * @param {{signal: AbortSignal, onEvent: (name: string, data: any) => void}} options
 * @returns {Promise<Answer>}
 */
export async function ask(request, { signal, onEvent }) {
  const post = (/** @type {string} */ accept) => call('v1/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify({ ...request, language: 'auto' }),
    signal,
  });
  const response = await post('text/event-stream');
  if (!(response.headers.get('Content-Type') ?? '').includes('text/event-stream')) return json(response);
  for await (const { name, data } of events(response)) {
    if (name === 'done') return data;
    if (name === 'error') throw new Problem(data);
    onEvent(name, data);
  }
  // Some proxies close a stream early: then ask for the answer in one piece.
  return json(await post('application/json'));
}

/** @param {string} path @param {RequestInit} [options] @returns {Promise<Response>} */
async function call(path, options = {}) {
  const response = await reached(() => fetch(new URL(path, ROOT), options));
  if (response.ok) return response;
  const details = await response.json().catch(() => ({}));
  throw new Problem({ status: response.status, ...details }, Number(response.headers.get('Retry-After')) || 0);
}

/** @param {Response} response */
function json(response) {
  return reached(() => response.json());
}

/**
 * `fetch` and its streams throw a TypeError when the line is down.
 * @template T @param {() => Promise<T>} attempt @returns {Promise<T>}
 */
async function reached(attempt) {
  try {
    return await attempt();
  } catch (error) {
    throw error instanceof TypeError ? new Unreachable() : error;
  }
}

/** @param {Response} response */
async function* events(response) {
  let waiting = '';
  for await (const text of chunks(response)) {
    const blocks = (waiting + text).split(/\r\n\r\n|\n\n|\r\r/);
    waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

/** @param {Response} response */
async function* chunks(response) {
  if (!response.body) {
    yield await reached(() => response.text());
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reached(() => reader.read());
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

/** @param {string} block the lines of one event; comments and events without data are none */
export function parseEvent(block) {
  let name = 'message';
  const data = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5));
  }
  return data.length ? { name, data: JSON.parse(data.join('\n')) } : null;
}
