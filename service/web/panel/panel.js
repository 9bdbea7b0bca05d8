/** Start the panel: the question box, the conversation and the wiring between them. */

import { complete, countSources } from './answer.js';
import { ask, meta, Unreachable } from './api.js';
import { button, byId, element } from './element.js';
import { Pane } from './pane.js';
import { choose, fillPage, loadStrings } from './strings.js';
import { drawTurn, failureText, headingId } from './turn.js';

/** @typedef {import('./turn.js').Turn} Turn */

const NEAR_LIMIT = 200;
const SLOW_MS = 8000;

class Panel {
  /** @param {import('./strings.js').Strings} strings @param {string | null} site */
  constructor(strings, site) {
    this.strings = strings;
    this.site = site;
    /** @type {Turn[]} */
    this.turns = [];
    /** @type {string | null} */
    this.conversation = null;
    /** @type {AbortController | null} */
    this.asking = null;
    this.count = 0;
    this.limit = 2000;
    /** @type {Record<string, Record<string, string>>} */
    this.labels = {};
    this.log = /** @type {HTMLElement} */ (byId('log'));
    this.box = /** @type {HTMLTextAreaElement} */ (byId('question'));
    /** @type {import('./turn.js').TurnContext} */
    this.context = {
      strings,
      label: (list, code) => this.labels[list]?.[code ?? ''] ?? code ?? '',
      open: (reference, opener, citation) => this.pane.open(reference, opener, citation),
      ask: (question) => this.send(question),
      stop: (turn) => this.stop(turn),
      retry: (turn) => this.retry(turn),
      say: (text) => this.say(text),
    };
    this.pane = new Pane(this.context, () => this.box.focus());
  }

  start() {
    byId('composer').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.send(this.box.value, true);
    });
    this.box.addEventListener('keydown', (event) => {
      // Enter also ends a word in Chinese and other input methods: that one does not send.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.send(this.box.value, true);
    });
    this.box.addEventListener('input', () => this.measure());
    byId('restart').addEventListener('click', () => this.restart());
    addEventListener('offline', () => this.measure());
    addEventListener('online', () => this.reconnect());
    document.body.classList.remove('starting');
    this.measure();
    this.pane.follow();
    this.learn();
  }

  /** Read what the service knows of itself; the panel works without it, with codes in place of labels. */
  async learn() {
    const known = await meta().catch(() => null);
    if (!known) return;
    this.labels = known.labels ?? {};
    this.limit = known.limits?.question ?? this.limit;
    const list = /** @type {HTMLElement} */ (document.querySelector('#suggested ul'));
    list.replaceChildren(...(known.suggested ?? []).map((question) =>
      element('li', {}, button(question, () => this.send(question), { dir: 'auto' }))));
    byId('suggested').hidden = !list.children.length;
    for (const turn of this.turns) drawTurn(turn, this.context);
    this.pane.draw();
  }

  /**
   * @param {string} text
   * @param {boolean} [typed] whether it comes from the box, which then keeps the focus
   */
  send(text, typed = false) {
    const question = text.trim();
    const { strings } = this;
    if (this.asking) return this.hint(strings.t('wait'));
    if (!question) return this.hint(strings.t('empty'));
    if (this.left(question) < 0) return this.hint(strings.t('over', { n: -this.left(question) }));
    this.count += 1;
    const turn = /** @type {Turn} */ ({ key: `q${this.count}`, question, element: element('article', { class: 'turn' }) });
    this.turns.push(turn);
    this.log.append(turn.element);
    byId('welcome').hidden = true;
    byId('restart').hidden = false;
    if (typed) this.write('');
    this.run(turn, typed);
  }

  /** @param {Turn} turn @param {boolean} [typed] */
  async run(turn, typed = false) {
    const asking = new AbortController();
    this.asking = asking;
    Object.assign(turn, { state: 'loading', stage: '', slow: false, error: null, answer: complete({ question: turn.question }) });
    this.draw(turn);
    this.lead(turn, typed);
    this.say(this.strings.t('loading'));
    const slow = setTimeout(() => { turn.slow = true; this.draw(turn); }, SLOW_MS);
    try {
      const request = { question: turn.question, conversation: this.conversation, site: this.site };
      const answer = await ask(request, { signal: asking.signal, onEvent: (name, data) => this.hear(turn, name, data) });
      turn.answer = complete({ ...answer, question: turn.question });
      turn.state = 'done';
      this.conversation = answer.conversation ?? null;
    } catch (error) {
      turn.error = error;
      turn.state = asking.signal.aborted ? 'stopped' : 'failed';
    }
    clearTimeout(slow);
    if (this.asking === asking) this.asking = null;
    if (!this.turns.includes(turn)) return;
    if (turn.state !== 'done' && !this.box.value) this.write(turn.question);
    this.measure();
    this.draw(turn);
    this.say(this.outcomeText(turn));
  }

  /** @param {Turn} turn */
  draw(turn) {
    drawTurn(turn, this.context);
  }

  /** @param {Turn} turn @param {string} name @param {any} data */
  hear(turn, name, data) {
    const { answer } = turn;
    if (name === 'stage') turn.stage = data.name;
    if (name === 'citation') answer.citations.push(data);
    if (name === 'statement') answer.statements.push(data);
    if (name === 'example') answer.examples.push(data);
    turn.answer = complete({ ...answer, groups: [] });
    this.draw(turn);
  }

  /** @param {Turn} turn */
  outcomeText({ state, answer, error }) {
    const { strings } = this;
    if (state === 'stopped') return strings.t('stopped');
    if (state === 'failed') return failureText(error, strings).title;
    if (answer.outcome === 'not_found' || answer.outcome === 'unclear') return strings.t(answer.outcome);
    return strings.t('ready', {
      statements: strings.t('statements', { n: answer.statements.length }),
      sources: strings.t('sources', { n: countSources(answer) }),
    });
  }

  /**
   * Bring the question to the top; a keyboard goes on from it, a phone's keyboard makes room.
   * @param {Turn} turn @param {boolean} typed
   */
  lead(turn, typed) {
    if (!typed) byId(headingId(turn)).focus({ preventScroll: true });
    else if (matchMedia('(pointer: coarse)').matches) this.box.blur();
    turn.element.scrollIntoView({ block: 'start' });
  }

  /** @param {Turn} turn */
  stop(turn) {
    if (turn.state !== 'loading') return;
    this.asking?.abort();
    this.box.focus();
  }

  /** @param {Turn} turn */
  retry(turn) {
    if (this.asking) return this.hint(this.strings.t('wait'));
    if (this.box.value.trim() === turn.question) this.write('');
    this.run(turn);
  }

  reconnect() {
    this.measure();
    if (!Object.keys(this.labels).length) this.learn();
    const last = this.turns[this.turns.length - 1];
    const untouched = [last?.question, ''].includes(this.box.value.trim());
    if (last?.state === 'failed' && last.error instanceof Unreachable && untouched) this.retry(last);
  }

  restart() {
    this.asking?.abort();
    this.asking = null;
    this.turns = [];
    this.conversation = null;
    this.log.replaceChildren();
    byId('welcome').hidden = false;
    byId('restart').hidden = true;
    this.write('');
    this.box.focus();
    this.say(this.strings.t('restarted'));
  }

  /** @param {string} text */
  write(text) {
    this.box.value = text;
    this.measure();
  }

  /** @param {string} text @returns {number} the characters that are left, as the service counts them */
  left(text) {
    return this.limit - Array.from(text.trim()).length;
  }

  /** Fit the box to its text, and say what stands in its way. */
  measure() {
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight + this.box.offsetHeight - this.box.clientHeight}px`;
    const left = this.left(this.box.value);
    this.box.setAttribute('aria-invalid', String(left < 0));
    if (left < 0) this.hint(this.strings.t('over', { n: -left }), this.crossed !== 'over');
    else if (left <= NEAR_LIMIT) this.hint(this.strings.t('left', { n: left }), this.crossed !== 'near');
    else this.hint(navigator.onLine ? '' : this.strings.t('offline.now'));
    this.crossed = left < 0 ? 'over' : left <= NEAR_LIMIT ? 'near' : '';
  }

  /** @param {string} text below the question box @param {boolean} [aloud] */
  hint(text, aloud = true) {
    const place = byId('hint');
    if (aloud && text && place.textContent !== text) this.say(text);
    place.textContent = text;
    place.hidden = !text;
  }

  /** @param {string} text for those who listen */
  say(text) {
    byId('status').textContent = text;
  }
}

const wanted = new URLSearchParams(location.search);
const root = document.documentElement;
const language = choose([wanted.get('lang'), ...navigator.languages], (root.dataset.locales ?? 'en').split(' '));
const start = async () => {
  const strings = await loadStrings(language).catch(() => null);
  if (!strings) return setTimeout(start, 3000);
  fillPage(strings);
  new Panel(strings, wanted.get('site')).start();
};
start();
