/** Start the panel: the question box, the conversation and the wiring between them. */

import { complete, countSources } from './answer.js';
import { ask, currentToken, getAnswer, meta, Problem, resume, Unreachable, visit } from './api.js';
import { button, byId, element } from './element.js';
import { dress, Host, wishesOf } from './host.js';
import { Keeper } from './kept.js';
import { isSpeaking, silence, whenVoicesCome } from './listen.js';
import { Pane } from './pane.js';
import { choose, fillPage, loadStrings } from './strings.js';
import { drawTurn, failureText, headingId, waitText } from './turn.js';

/** @typedef {import('./turn.js').Turn} Turn */
/** @typedef {import('./host.js').Wishes} Wishes */

const NEAR_LIMIT = 200;
const SLOW_MS = 8000;

class Panel {
  /**
   * @param {import('./strings.js').Strings} strings @param {string | null} site @param {Host} host @param {Wishes} wishes
   * @param {Keeper} keeper
   */
  constructor(strings, site, host, wishes, keeper) {
    this.site = site;
    this.host = host;
    this.wishes = wishes;
    this.keeper = keeper;
    /** @type {import('./api.js').Site | null} */
    this.about = null;
    /** @type {import('./api.js').Meta | null} */
    this.known = null;
    /** @type {Turn[]} */
    this.turns = [];
    /** @type {string | null} */
    this.conversation = null;
    /** @type {AbortController | null} */
    this.asking = null;
    this.count = 0;
    /** Nothing is kept in the browser before its reader writes or presses. */
    this.begun = false;
    /** The language that the reader chose; else the page's counts, and is not kept. @type {string | undefined} */
    this.chosen = undefined;
    this.log = /** @type {HTMLElement} */ (byId('log'));
    this.box = /** @type {HTMLTextAreaElement} */ (byId('question'));
    /** @type {import('./turn.js').TurnContext} */
    this.context = {
      strings,
      site,
      kept: false,
      label: (list, code) => this.known?.labels[list]?.[code ?? ''] ?? code ?? '',
      open: (reference, opener, citation) => this.pane.open(reference, opener, citation),
      ask: (question) => this.press(question),
      stop: (turn) => this.stop(turn),
      retry: (turn) => this.retry(turn),
      say: (text) => this.say(text),
      keep: () => this.keep(),
    };
    this.pane = new Pane(this.context, () => this.box.focus());
  }

  get strings() {
    return this.context.strings;
  }

  get limit() {
    return this.about?.characters ?? this.known?.limits.question ?? 2000;
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
    this.box.addEventListener('input', () => {
      this.begun = true;
      this.measure();
      this.keep();
    });
    byId('restart').addEventListener('click', () => this.restart());
    addEventListener('offline', () => this.measure());
    addEventListener('online', () => this.reconnect());
    whenVoicesCome(() => this.redraw());
    document.addEventListener('click', () => { this.begun = true; }, { capture: true });
    this.fill();
    this.startMenu();
    this.startHost();
    this.recall();
    document.body.classList.remove('starting');
    this.measure();
    this.pane.follow();
    this.learn();
    this.openKept();
    this.host.tell('ready');
  }

  /** The words that the page holds itself, with those that the portal chose. */
  fill() {
    const { title, greeting } = this.wishes;
    fillPage(this.strings, title || undefined);
    if (title) /** @type {HTMLElement} */ (document.querySelector('h1')).textContent = title;
    const told = greeting || this.about?.greeting[this.strings.language];
    if (told) byId('lead').textContent = told;
    byId('language').value = this.strings.language;
  }

  startMenu() {
    const menu = byId('menu');
    byId('language').addEventListener('change', (/** @type {Event} */ event) => {
      menu.open = false;
      menu.querySelector('summary').focus();
      this.speak(/** @type {HTMLSelectElement} */ (event.target).value);
    });
    document.addEventListener('click', (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }

  startHost() {
    if (!this.host.origin) return;
    byId('close').hidden = !this.wishes.closable;
    byId('close').addEventListener('click', () => this.host.tell('close'));
    for (const link of document.querySelectorAll('header a')) {
      link.setAttribute('target', '_blank');
      link.setAttribute('rel', 'noopener');
    }
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) this.host.tell('close');
    });
    this.host.listen((type, data) => {
      if (type === 'ask') {
        this.pane.leave();
        this.send(String(data.question ?? ''));
      }
      if (type === 'opened') this.attend();
      if (type === 'closed') silence();
    });
  }

  /** A keyboard writes at once; on a phone its keyboard would hide what there is to read. */
  attend() {
    if (!matchMedia('(pointer: coarse)').matches) this.box.focus();
    else /** @type {HTMLElement} */ (document.querySelector('h1')).focus();
  }

  /** What this tab has kept from before a reload. */
  recall() {
    const kept = this.keeper.read();
    if (kept.token) resume(kept.token);
    this.chosen = kept.language;
    this.begun = Boolean(kept.draft || kept.turns?.length);
    for (const { question, answer, helpful } of kept.turns ?? []) {
      const turn = this.add(question);
      Object.assign(turn, { state: 'done', answer: complete(answer), helpful });
      this.draw(turn);
    }
    if (kept.draft) this.box.value = kept.draft;
    this.log.lastElementChild?.scrollIntoView({ block: 'start' });
  }

  keep() {
    if (!this.begun) return;
    const done = this.turns.filter((turn) => turn.state === 'done' && !turn.shared);
    this.keeper.write({
      draft: this.box.value,
      turns: done.map(({ question, answer, helpful }) => ({ question, answer, helpful: helpful === 'sent' ? 'sent' : undefined })),
      language: this.chosen,
      token: currentToken(),
    });
  }

  /** An answer that a link leads to. */
  async openKept() {
    const id = new URLSearchParams(location.search).get('answer');
    if (!id || this.turns.some((turn) => turn.answer.id === id)) return;
    this.say(this.strings.t('answer.loading'));
    try {
      const answer = await getAnswer(id);
      const turn = this.add(answer.question);
      Object.assign(turn, { state: 'done', answer: complete(answer), shared: true });
      this.draw(turn);
      this.say(this.outcomeText(turn));
    } catch (error) {
      const gone = error instanceof Problem && error.status === 404;
      const { title, detail } = gone
        ? { title: this.strings.t('answer.gone'), detail: this.strings.t('answer.gone.detail') } : failureText(error, this.strings);
      this.log.append(element('div', { class: 'failure' }, element('h2', {}, title), element('p', {}, detail)));
      this.say(title);
    }
  }

  /** Read what the service knows of itself and of the site; the panel works without it, with codes in place of labels. */
  async learn() {
    const [known, about] = await Promise.all([
      meta(this.strings.language).catch(() => null),
      this.site && !this.about ? visit(this.site).catch((error) => this.refuse(error)) : this.about,
    ]);
    if (byId('composer').hidden) return;
    this.about = about ?? null;
    if (known) {
      this.known = known;
      this.context.kept = known.limits.answer_days > 0;
      this.suggest(this.wishes.questions.length ? this.wishes.questions : known.suggested);
    }
    this.fill();
    this.redraw();
    if (this.box.value) this.measure(); // the limit may be another now; an empty box keeps what was said of it
  }

  /** @param {unknown} error @returns {null} */
  refuse(error) {
    if (error instanceof Problem && this.strings.has(`problem.${error.code}`)) {
      const { title, detail } = failureText(error, this.strings);
      byId('refused').replaceChildren(element('div', { class: 'failure' }, element('h2', {}, title), element('p', {}, detail)));
      byId('refused').hidden = false;
      byId('welcome').hidden = byId('composer').hidden = true;
      this.say(title);
    }
    return null;
  }

  /** @param {string[]} questions */
  suggest(questions) {
    const list = /** @type {HTMLElement} */ (document.querySelector('#suggested ul'));
    list.replaceChildren(...questions.map((question) =>
      element('li', {}, button(question, () => this.press(question), { dir: 'auto' }))));
    byId('suggested').hidden = !list.children.length;
  }

  /** @param {string} language to go on in */
  async speak(language) {
    const strings = await loadStrings(language).catch(() => null);
    if (!strings) {
      byId('language').value = this.strings.language;
      return this.say(this.strings.t('offline'));
    }
    this.context.strings = strings;
    this.chosen = language;
    const asked = new URLSearchParams(location.search);
    asked.set('lang', language);
    history.replaceState(history.state, '', `?${asked}${location.hash}`);
    this.fill();
    this.redraw();
    this.measure();
    this.keep();
    this.learn();
  }

  redraw() {
    // One that its reader is judging stays as it is written, and one that is read aloud keeps its button.
    if (!isSpeaking()) for (const turn of this.turns) if (turn.helpful !== 'why') this.draw(turn);
    this.pane.draw();
  }

  /** @param {string} question that the reader presses */
  press(question) {
    this.begun = true;
    this.send(question);
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
    if (byId('composer').hidden) return;
    const left = (this.turns[this.turns.length - 1]?.until ?? 0) - Date.now();
    if (left > 0) return this.hint(waitText(left, strings));
    const turn = this.add(question);
    if (typed) this.write('');
    this.run(turn, typed);
  }

  /** @param {string} question @returns {Turn} */
  add(question) {
    this.count += 1;
    const turn = /** @type {Turn} */ ({ key: `q${this.count}`, question, element: element('article', { class: 'turn' }) });
    this.turns.push(turn);
    this.log.append(turn.element);
    byId('welcome').hidden = true;
    byId('restart').hidden = false;
    return turn;
  }

  /** @param {Turn} turn @param {boolean} [typed] */
  async run(turn, typed = false) {
    const asking = new AbortController();
    this.asking = asking;
    Object.assign(turn, { state: 'loading', stage: '', slow: false, error: null, until: 0, answer: complete({ question: turn.question }) });
    this.draw(turn);
    this.lead(turn, typed);
    this.say(this.strings.t('loading'));
    const slow = setTimeout(() => { turn.slow = true; this.draw(turn); }, SLOW_MS);
    try {
      const request = {
        question: turn.question,
        conversation: this.conversation,
        site: this.site,
        language: this.chosen ?? 'auto', // who chose a language reads it; else the question's
        interface: this.strings.language,
      };
      const answer = await ask(request, { signal: asking.signal, onEvent: (name, data) => this.hear(turn, name, data) });
      turn.answer = complete({ ...answer, question: turn.question });
      turn.state = 'done';
      this.conversation = answer.conversation ?? null;
    } catch (error) {
      turn.error = error;
      turn.state = asking.signal.aborted ? 'stopped' : 'failed';
      turn.until = error instanceof Problem && error.retryAfter ? Date.now() + error.retryAfter * 1000 : 0;
    }
    clearTimeout(slow);
    if (this.asking === asking) this.asking = null;
    if (!this.turns.includes(turn)) return;
    if (turn.state !== 'done' && !this.box.value) this.write(turn.question);
    this.measure();
    this.draw(turn);
    this.keep();
    this.say(this.outcomeText(turn));
    if (turn.state === 'done') this.host.tell('answer', { outcome: turn.answer.outcome });
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
  outcomeText({ state, answer, error, until }) {
    const { strings } = this;
    if (state === 'stopped') return strings.t('stopped');
    if (state === 'failed') {
      const { title } = failureText(error, strings);
      return until ? `${title}. ${waitText(until - Date.now(), strings)}` : title;
    }
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
    if (!typed && document.hasFocus()) byId(headingId(turn)).focus({ preventScroll: true });
    else if (typed && matchMedia('(pointer: coarse)').matches) this.box.blur();
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
    if (!this.known || (this.site && !this.about)) this.learn();
    const last = this.turns[this.turns.length - 1];
    const untouched = [last?.question, ''].includes(this.box.value.trim());
    if (last?.state === 'failed' && last.error instanceof Unreachable && untouched) this.retry(last);
  }

  restart() {
    silence();
    this.asking?.abort();
    this.asking = null;
    this.turns = [];
    this.conversation = null;
    this.log.replaceChildren();
    byId('welcome').hidden = false;
    byId('restart').hidden = true;
    this.write('');
    this.box.focus();
    scrollTo(0, 0);
    this.say(this.strings.t('restarted'));
  }

  /** @param {string} text */
  write(text) {
    this.box.value = text;
    this.measure();
    this.keep();
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

const asked = new URLSearchParams(location.search);
const { site = null, parent = '', locales = 'en' } = document.documentElement.dataset;
const wishes = wishesOf(location.hash);
const keeper = new Keeper(site);
const language = choose([keeper.read().language, asked.get('lang'), ...navigator.languages], locales.split(' '));
const start = async () => {
  const strings = await loadStrings(language).catch(() => null);
  if (!strings) return setTimeout(start, 3000);
  new Panel(strings, site, new Host(parent), wishes, keeper).start();
};
dress(wishes);
start();
