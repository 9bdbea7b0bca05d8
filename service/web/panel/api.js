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
 *   years?: Years, themes?: string[], settings?: string[], regions?: string[], as_of?: string, summary?: string, language?: string,
 *   passages: Passage[], sources: Source[]}} Document
 * @typedef {{id: string, title: string, countries?: string[], place?: string, years?: Years, themes: string[], settings: string[],
 *   regions: string[]}} Case
 * @typedef {{suggested: string[], labels: Record<string, Record<string, string>>, limits: {question: number, answer_days: number}}} Meta
 * @typedef {{id: string, languages: string[], greeting: Record<string, string>, characters: number}} Site
 * @typedef {{site: string, token: string, until: number}} Token `until` in milliseconds, as Date.now() counts
 */

const JSON_BODY = { 'Content-Type': 'application/json' };
export const ROOT = new URL('../../', import.meta.url);

/** The service answered, and says what is wrong and how to mend it (RFC 9457). */
export class Problem extends Error {
  /** @param {{title?: string, detail?: string, status?: number, code?: string}} [details] @param {number} [retryAfter] in seconds */
  constructor(details = {}, retryAfter = 0) {
    super(details.title ?? '');
    this.title = details.title ?? '';
    this.detail = details.detail ?? '';
    this.status = details.status ?? 0;
    this.code = details.code ?? '';
    this.retryAfter = retryAfter;
  }
}

/** The service was not reached, or the line broke. */
export class Unreachable extends Error {}

/** @param {string} language of the labels @returns {Promise<Meta>} */
export async function meta(language) {
  return json(await call(`v1/meta?language=${language}`));
}

/** What lets a visitor of a site ask; the service makes it for a quarter of an hour. @type {Token | null} */
let token = null;
const SPARE_MS = 60_000;

/** @returns {Token | null} */
export function currentToken() {
  return token;
}

/** @param {Token | null} kept one from before, with which the visit goes on */
export function resume(kept) {
  token = kept;
}

/** Begin a visit of a site, or go on with it. @param {string} site @returns {Promise<Site>} */
export async function visit(site) {
  const made = await json(await call('v1/visits', { method: 'POST', headers: { ...JSON_BODY, ...authorized(site) }, body: JSON.stringify({ site }) }));
  token = { site, token: made.token, until: Date.now() + made.seconds * 1000 };
  return made.site;
}

/** @param {string | null} site */
function authorized(site) {
  return token && token.site === site ? { Authorization: `Bearer ${token.token}` } : {};
}

/**
 * Send as a visitor of a site, with a token made anew where it is old or the service no longer knows it.
 * @param {string | null} site @param {() => Promise<Response>} send @returns {Promise<Response>}
 */
async function asVisitor(site, send) {
  if (!site) return send();
  if (!token || token.until - SPARE_MS < Date.now()) await visit(site);
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'token_refused') throw error;
  }
  await visit(site);
  return send();
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

/** The cases that have most in common with one. @param {string} id @returns {Promise<Case[]>} */
export async function getComparable(id) {
  return json(await call(`v1/cases/${encodeURIComponent(id)}/comparable`));
}

/** An answer that was given before. @param {string} id @returns {Promise<Answer>} */
export async function getAnswer(id) {
  return json(await call(`v1/answers/${encodeURIComponent(id)}`));
}

/** @param {string} id @param {string} language @returns {string} the address that opens an answer */
export function addressOfAnswer(id, language) {
  return new URL(`./?answer=${encodeURIComponent(id)}&lang=${language}`, ROOT).href;
}

/** @param {{answer: string, site: string | null, verdict: string, reason: string | null, comment: string}} feedback */
export async function sendFeedback(feedback) {
  await asVisitor(feedback.site, () => call('v1/feedback', {
    method: 'POST', headers: { ...JSON_BODY, ...authorized(feedback.site) }, body: JSON.stringify(feedback),
  }));
}

/**
 * Ask; `onEvent` hears what comes before the whole answer.
 * @param {{question: string, conversation: string | null, site: string | null, language: string, interface: string}} request
 * @param {{signal: AbortSignal, onEvent: (name: string, data: any) => void}} options
 * @returns {Promise<Answer>}
 */
export async function ask(request, { signal, onEvent }) {
  const post = (/** @type {string} */ accept) => asVisitor(request.site, () => call('v1/ask', {
    method: 'POST',
    headers: { ...JSON_BODY, ...authorized(request.site), Accept: accept },
    body: JSON.stringify(request),
    signal,
  }));
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
