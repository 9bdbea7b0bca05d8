/** Make elements whose words are always text, never HTML. */

/**
 * @typedef {Node | string | number | null | undefined | false | Child[]} Child
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] null and false leave the attribute out; `onclick` and the like are listeners
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...nodes(children));
  return made;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export function nodes(children) {
  return children.flatMap((child) => {
    if (child === null || child === undefined || child === false || child === '') return [];
    if (Array.isArray(child)) return nodes(child);
    return [child instanceof Node ? child : String(child)];
  });
}

/**
 * Words side by side, each kept apart from the direction of its neighbours.
 * @param {Child[]} parts @param {string} [mark]
 */
export function joined(parts, mark = ' · ') {
  return nodes(parts).flatMap((part, index) => [index ? mark : '', element('bdi', {}, part)]);
}

/**
 * Words from elsewhere in a line of ours: they keep their own direction, the line keeps its side.
 * @param {string | undefined} text @param {string | null} [lang] the language of the text
 */
export function foreign(text, lang) {
  return element('bdi', { lang }, text);
}

/** @param {string} text @param {(event: Event) => void} onclick @param {Record<string, any>} [attributes] */
export function button(text, onclick, attributes = {}) {
  return element('button', { type: 'button', onclick, ...attributes }, text);
}

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}
