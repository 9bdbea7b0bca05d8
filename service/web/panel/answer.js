/** Draw an answer: its statements under their documents, what is missing, examples, what to ask next. */

import { button, element, foreign, joined } from './element.js';

/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Citation} Citation */
/** @typedef {import('./api.js').Example} Example */
/** @typedef {import('./api.js').Group} Group */
/** @typedef {import('./strings.js').Strings} Strings */
/**
 * What drawing needs to know and may do.
 * @typedef {object} Context
 * @property {Strings} strings
 * @property {(list: string, code: string | null | undefined) => string} label the service's word for a code, for example of a voice
 * @property {(reference: import('./api.js').Reference, opener: string, citation?: Citation) => void} open opens a source; `opener` is an element's id
 * @property {(question: string) => void} ask
 */

const LISTS = ['statements', 'groups', 'disagreements', 'examples', 'nearest', 'citations', 'missing', 'follow_ups', 'notices'];

/**
 * An answer with every list present; groups are made from the citations while they are still to come.
 * @param {Record<string, any>} given @returns {Answer}
 */
export function complete(given) {
  /** @type {Record<string, any>} */
  const answer = { ...given };
  for (const list of LISTS) answer[list] = given[list] ?? [];
  if (!answer.groups.length) answer.groups = groupsByDocument(/** @type {Answer} */ (answer));
  return /** @type {Answer} */ (answer);
}

/** @param {Answer} answer @returns {Group[]} */
function groupsByDocument(answer) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  answer.statements.forEach((statement, index) => {
    const document = citationsOf(answer, statement.citations)[0]?.document ?? '';
    found.set(document, [...(found.get(document) ?? []), index]);
  });
  return [...found].map(([document, statements]) => ({ document, statements }));
}

/** @param {Answer} answer @param {number[]} [numbers] @returns {Citation[]} */
export function citationsOf(answer, numbers = []) {
  return numbers.flatMap((number) => answer.citations.find((citation) => citation.number === number) ?? []);
}

/**
 * What is known of a group's document: from the group, else from an example, else from the citations.
 * @param {Answer} answer @param {Group} group
 */
export function describe(answer, group) {
  const cited = group.statements.flatMap((index) => citationsOf(answer, answer.statements[index]?.citations));
  const citation = cited.find((one) => one.document === group.document) ?? cited[0];
  const example = [...answer.examples, ...answer.nearest].find((one) => one.document === group.document);
  return { ...example, title: citation?.title ?? '', language: 'en', ...group, origin: citation?.origin };
}

/**
 * How many publications and documents stand behind an answer.
 * @param {Answer} answer
 */
export function countSources(answer) {
  const ids = answer.citations.flatMap((citation) => {
    if (citation.sources.length) return citation.sources.map((source) => source.id);
    return citation.origin === 'document' ? [`document ${citation.document}`] : [];
  });
  return new Set(ids).size;
}

/** @param {Answer} answer @param {string} key a prefix of ids that is the turn's own @param {Context} context @returns {import('./element.js').Child[]} */
export function drawAnswer(answer, key, context) {
  const { strings } = context;
  const disputed = new Set(answer.disagreements.flatMap((one) => one.statements));
  return [
    answer.outcome === 'partial' && element('p', { class: 'outcome' }, strings.t('partial')),
    answer.outcome === 'not_found' && element('h3', {}, strings.t('not_found')),
    answer.outcome === 'unclear' && [element('h3', {}, strings.t('unclear')), element('p', {}, strings.t('unclear.detail'))],
    drawMissing(answer, strings),
    answer.notices.map((notice) => element('p', { class: 'notice', dir: 'auto', lang: answer.language || null }, notice.text)),
    drawLanguages(answer, strings),
    answer.disagreements.map((one, index) => element('section', { class: 'disagreement' },
      element('h3', { dir: 'auto', lang: one.language || null }, strings.t('disagree', { topic: one.topic })),
      drawGroups(answer, (statement) => one.statements.includes(statement), 'h4', `${key}-d${index}`, context))),
    drawGroups(answer, (statement) => !disputed.has(statement), 'h3', key, context),
    drawExamples(answer, answer.examples, 'examples', key, context),
    drawExamples(answer, answer.nearest, 'nearest', key, context),
    drawFollowUps(answer, key, context),
  ];
}

/** That the quotations are in another language than the answer, once for all. @param {Answer} answer @param {Strings} strings */
function drawLanguages(answer, strings) {
  const quoted = new Set(answer.statements.filter(isQuoted).map((statement) => statement.language ?? ''));
  const others = [...quoted].filter((code) => code && code !== strings.language).map((code) => strings.languageName(code));
  return others.length > 0 && element('p', { class: 'spoken' }, strings.t('quotes.language', { language: strings.listed(others) }));
}

/** @param {Answer} answer @param {Strings} strings */
function drawMissing(answer, strings) {
  if (!answer.missing.length) return null;
  const items = answer.missing.map(({ kind, text }) => {
    const known = `missing.kind.${kind}`;
    return element('strong', {}, strings.has(known) ? strings.t('missing.item', { text, kind: strings.t(known) }) : text);
  });
  return element('p', { class: 'notice' }, strings.t('missing'), ' ', joined(items));
}

/**
 * @param {Answer} answer @param {(statement: number) => boolean} wanted @param {string} heading
 * @param {string} key @param {Context} context
 */
function drawGroups(answer, wanted, heading, key, context) {
  return answer.groups.map((group) => {
    const statements = group.statements.filter((index) => answer.statements[index] && wanted(index));
    if (!statements.length) return null;
    const about = describe(answer, group);
    return element('section', { class: 'group' },
      about.title && element(heading, {}, foreign(about.title, about.language)),
      drawPlace(about, context),
      about.origin && statements.some((index) => isQuoted(answer.statements[index])) && element('p', { class: 'origin' }, context.strings.t(`origin.${about.origin}`)),
      statements.map((index) => drawStatement(answer, index, `${key}-s${index}`, context)));
  });
}

/** @param {{countries?: string[], place?: string, years?: import('./api.js').Years}} about @param {Context} context */
export function drawPlace(about, { strings, label }) {
  const years = strings.years(about.years);
  const parts = [...(about.countries ?? []).map((code) => label('countries', code)), about.place,
    years && element('span', { class: 'years' }, years)];
  return parts.some(Boolean) && element('p', { class: 'place' }, joined(parts));
}

/** @param {Answer} answer @param {number} index @param {string} key @param {Context} context */
function drawStatement(answer, index, key, context) {
  const { strings } = context;
  const statement = answer.statements[index];
  const lang = statement.language || null;
  const doubt = `support.${statement.support}`;
  return element('div', { class: 'statement' },
    isQuoted(statement) ? drawQuote(statement.text, lang) : element('p', { dir: 'auto', lang }, statement.text),
    strings.has(doubt) && element('p', { class: 'doubt' }, strings.t(doubt)),
    statement.translated_from && element('p', { class: 'place' },
      strings.t('translated', { language: strings.languageName(statement.translated_from) })),
    element('p', { class: 'citations' },
      citationsOf(answer, statement.citations).map((citation) => drawCitation(citation, key, context))));
}

/**
 * Only what is verbatim is set as a quotation, never a sentence that a model wrote or translated.
 * @param {import('./api.js').Statement} statement
 */
export function isQuoted(statement) {
  return statement.support === 'quoted' && !statement.translated_from;
}

/** @param {string} text @param {string | null} [lang] the language of the text */
export function drawQuote(text, lang) {
  return element('blockquote', { dir: 'auto', lang }, element('p', {}, text));
}

/** @param {Citation} citation @param {string} key @param {Context} context */
function drawCitation(citation, key, context) {
  const id = `${key}-c${citation.number}`;
  return element('button', { type: 'button', class: 'citation', id, onclick: () => context.open(citation, id, citation) },
    element('span', { class: 'unseen' }, `${context.strings.t('cite.open', { number: citation.number })} `),
    element('span', { class: 'number' }, `[${citation.number}]`), ' ',
    element('span', {}, evidence(citation, context), element('span', { class: 'printed' }, references(citation))));
}

/**
 * The publications by name and address: paper opens nothing.
 * @param {Citation} citation
 */
function references(citation) {
  return citation.sources.map(({ label, url }) => ` – ${[label, url].filter(Boolean).join(', ')}`);
}

/**
 * Who says so and by what method, in a few words.
 * @param {Citation} citation @param {Context} context
 */
export function evidence(citation, { strings, label }) {
  const claims = citation.sources.map((source) => strings.listed([label('voices', source.voice), label('methods', source.method)]));
  if (claims.length) return [...new Set(claims)].join(strings.t('semicolon'));
  return strings.t(citation.origin === 'document' ? 'origin.document' : 'inference');
}

/** @param {Answer} answer @param {Example[]} examples @param {string} name @param {string} key @param {Context} context */
function drawExamples(answer, examples, name, key, context) {
  if (!examples.length) return null;
  const { strings } = context;
  return element('section', { class: 'examples' },
    element('h3', {}, strings.t(name)),
    element('ul', {}, examples.slice(0, 3).map((example, index) => {
      const id = `${key}-${name}-${index}`;
      const version = citationsOf(answer, example.citations).find((one) => one.document === example.document)?.version;
      return element('li', { class: 'card' },
        element('h4', {}, foreign(example.title, example.language)),
        drawPlace(example, context),
        example.summary && element('p', { dir: 'auto', lang: example.language || null }, example.summary),
        example.why && element('p', { class: 'why' }, strings.t('why', { why: example.why })),
        button(strings.t('open'), () => context.open({ document: example.document, version }, id),
          { id, 'aria-label': strings.t('open.named', { title: example.title }) }));
    })));
}

/** @param {Answer} answer @param {string} key @param {Context} context */
function drawFollowUps(answer, key, { strings, ask }) {
  if (!answer.follow_ups.length) return null;
  return element('section', {},
    element('h3', {}, strings.t(answer.outcome === 'unclear' ? 'readings' : 'follow_ups')),
    element('ul', { class: 'questions' }, answer.follow_ups.map((question, index) =>
      element('li', {}, button(question, () => ask(question), { dir: 'auto', lang: answer.language || null, id: `${key}-f${index}` })))));
}
