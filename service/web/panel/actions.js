/** What a reader does with an answer: copy, share, listen, print, say whether it helped. */

import { addressOfAnswer, ROOT, sendFeedback } from './api.js';
import { asText, toClipboard } from './copy.js';
import { button, element } from './element.js';
import { canSpeak, listen } from './listen.js';

/** @typedef {import('./turn.js').Turn} Turn */
/** @typedef {import('./turn.js').TurnContext} TurnContext */

const REASONS = ['off_topic', 'wrong', 'outdated', 'hard', 'other'];

/** @param {Turn} turn @param {TurnContext} context */
export function drawActions(turn, context) {
  const { answer, key } = turn;
  const { strings } = context;
  const quoted = answer.statements.length > 0;
  const kept = context.kept && Boolean(answer.id);
  const below = element('div', { class: 'below' });
  return element('div', { class: 'after', role: 'group', 'aria-label': strings.t('actions') },
    element('div', { class: 'actions' },
      quoted && button(strings.t('copy'), () => copyAnswer(turn, below, context), { id: `${key}-copy` }),
      kept && button(strings.t('share'), () => drawShare(turn, below, context), { id: `${key}-share` }),
      quoted && canSpeak(answer) && drawListen(turn, context),
      quoted && button(strings.t('print'), () => print(), { id: `${key}-print` })),
    below,
    kept && drawHelpful(turn, context));
}

/** @param {Turn} turn @param {HTMLElement} place @param {TurnContext} context */
function copyAnswer(turn, place, context) {
  return copy(asText(turn.answer, context, ROOT.href), ['copied', 'copy.manual'], place, `${turn.key}-text`, context);
}

/** @param {Turn} turn @param {HTMLElement} place @param {TurnContext} context */
function drawShare(turn, place, context) {
  const { strings } = context;
  const address = addressOfAnswer(turn.answer.id ?? '', strings.language);
  const result = element('div');
  const message = `${turn.question}\n${address}`;
  const first = button(strings.t('share.link'),
    () => copy(address, ['share.copied', 'share.manual'], result, `${turn.key}-link`, context), { id: `${turn.key}-share-link` });
  place.replaceChildren(element('div', { class: 'actions' }, first,
    element('a', { class: 'button', href: `https://wa.me/?text=${encodeURIComponent(message)}`, target: '_blank', rel: 'noopener',
      'aria-label': strings.t('new_tab', { label: strings.t('share.whatsapp') }) }, strings.t('share.whatsapp'))), result);
  first.focus();
}

/**
 * Copy a text, or show it to be copied by hand.
 * @param {string} text @param {[string, string]} words said when it is done, and above the text where it is not
 * @param {HTMLElement} place @param {string} id of the box for the text @param {TurnContext} context
 */
async function copy(text, [done, byHand], place, id, { strings, say }) {
  const copied = await toClipboard(text);
  if (copied) place.replaceChildren(element('p', {}, strings.t(done)));
  else {
    const box = /** @type {HTMLTextAreaElement} */ (element('textarea', { id, readonly: true, rows: Math.min(8, text.split('\n').length + 1), dir: 'auto' }, text));
    place.replaceChildren(element('label', { for: id }, strings.t(byHand)), box);
    box.focus();
    box.select();
  }
  say(strings.t(copied ? done : byHand));
}

/** @param {Turn} turn @param {TurnContext} context */
function drawListen(turn, { strings }) {
  const start = button(strings.t('listen'), () => {
    const on = listen(turn.answer, () => { start.textContent = strings.t('listen'); });
    start.textContent = strings.t(on ? 'listen.stop' : 'listen');
  }, { id: `${turn.key}-listen` });
  return start;
}

/** @param {Turn} turn @param {TurnContext} context */
function drawHelpful(turn, context) {
  const { strings } = context;
  const { key } = turn;
  const place = element('div', { class: 'helpful' });
  if (turn.helpful === 'sent') place.append(element('p', {}, strings.t('helpful.thanks')));
  else if (turn.helpful === 'why') place.append(drawWhy(turn, context));
  else {
    place.append(element('span', { id: `${key}-helpful` }, strings.t('helpful')),
      button(strings.t('helpful.up'), () => judge(turn, 'up', null, '', place, context), { id: `${key}-up`, 'aria-describedby': `${key}-helpful` }),
      button(strings.t('helpful.down'), () => ask(turn, place, context), { id: `${key}-down`, 'aria-describedby': `${key}-helpful` }));
  }
  return place;
}

/** @param {Turn} turn @param {HTMLElement} place @param {TurnContext} context */
function ask(turn, place, context) {
  turn.helpful = 'why';
  const why = drawWhy(turn, context);
  place.replaceChildren(why);
  why.querySelector('input')?.focus();
}

/** @param {Turn} turn @param {TurnContext} context */
function drawWhy(turn, context) {
  const { strings } = context;
  const name = `${turn.key}-reason`;
  const comment = /** @type {HTMLTextAreaElement} */ (element('textarea', { id: `${turn.key}-comment`, rows: 2, maxlength: 500, dir: 'auto' }));
  const form = element('form', {
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector('input:checked'));
      judge(turn, 'down', chosen?.value ?? null, comment.value, form, context);
    },
  },
  element('fieldset', {}, element('legend', {}, strings.t('helpful.why')),
    REASONS.map((reason) => element('label', { class: 'choice' },
      element('input', { type: 'radio', name, value: reason }), strings.t(`helpful.reason.${reason}`)))),
  element('label', { for: comment.id }, strings.t('helpful.comment')), comment,
  element('button', { type: 'submit' }, strings.t('helpful.send')));
  return form;
}

/**
 * @param {Turn} turn @param {string} verdict @param {string | null} reason @param {string} comment
 * @param {HTMLElement} place @param {TurnContext} context
 */
async function judge(turn, verdict, reason, comment, place, { strings, site, say, keep }) {
  place.querySelector('.failed')?.remove();
  try {
    await sendFeedback({ answer: turn.answer.id ?? '', site, verdict, reason, comment });
  } catch {
    place.append(element('p', { class: 'failed' }, strings.t('helpful.failed')));
    return say(strings.t('helpful.failed'));
  }
  turn.helpful = 'sent';
  keep();
  const thanks = element('p', { tabindex: -1 }, strings.t('helpful.thanks'));
  place.replaceChildren(thanks);
  thanks.focus(); // what had it is gone
  say(strings.t('helpful.thanks'));
}
