/** The words of the interface in the reader's language. */

/** @typedef {Record<string, string | Record<string, string>>} Locale */

export class Strings {
  /** @param {string} language @param {Locale} locale */
  constructor(language, locale) {
    this.language = language;
    this.locale = locale;
    this.dir = String(locale.dir || 'ltr');
    this.plural = new Intl.PluralRules(language);
    // The reader's region, where it speaks this language, decides how dates and numbers are written.
    this.region = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
    this.numbers = new Intl.NumberFormat(this.region);
  }

  /** @param {string} key */
  has(key) {
    return key in this.locale;
  }

  /**
   * The text of a key; an entry with plural forms is chosen by `values.n`.
   * @param {string} key @param {Record<string, any>} [values]
   */
  t(key, values = {}) {
    let text = this.locale[key] ?? key;
    if (typeof text === 'object') text = text[this.plural.select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === 'n' ? this.numbers.format(values.n) : this.isolated(values[name] ?? '')));
  }

  /** Words from elsewhere keep their own direction within ours (Unicode, FSI and PDI). @param {unknown} value */
  isolated(value) {
    return this.dir === 'rtl' && value !== '' ? `\u2068${value}\u2069` : String(value);
  }

  /** Several words with the comma of the language. @param {(string | number | null | undefined | false)[]} parts */
  listed(parts) {
    return parts.filter(Boolean).join(this.t('comma'));
  }

  /** @param {string | null | undefined} day an ISO date, as YYYY-MM-DD */
  date(day) {
    if (!day) return '';
    const date = new Date(day);
    if (Number.isNaN(date.getTime())) return day;
    return new Intl.DateTimeFormat(this.region, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  }

  /** @param {{from?: number | null, to?: number | null} | null | undefined} years */
  years(years) {
    const { from, to } = years ?? {};
    if (from && to) return from === to ? String(from) : this.t('years.range', { from, to });
    if (from) return this.t('years.since', { from });
    return to ? this.t('years.until', { to }) : '';
  }

  /** @param {string} code a language, as BCP 47 */
  languageName(code) {
    try {
      return new Intl.DisplayNames([this.language], { type: 'language' }).of(code) ?? code;
    } catch {
      return code;
    }
  }
}

/**
 * The first wanted language that we have; a region falls back to its language.
 * @param {(string | null | undefined)[]} wanted @param {string[]} available
 */
export function choose(wanted, available) {
  for (const tag of wanted) {
    const language = (tag ?? '').toLowerCase().split('-')[0];
    if (available.includes(language)) return language;
  }
  return available[0];
}

/** @param {string} language @returns {Promise<Strings>} */
export async function loadStrings(language) {
  const response = await fetch(new URL(`../locales/${language}.json`, import.meta.url));
  if (!response.ok) throw new Error(`the locale ${language} cannot be read: ${response.status}`);
  return new Strings(language, await response.json());
}

/**
 * Fill the elements that name their words in the page.
 * @param {Strings} strings @param {string} [title] in place of our name
 */
export function fillPage(strings, title = strings.t('name')) {
  document.documentElement.lang = strings.language;
  document.documentElement.dir = strings.dir;
  document.title = title;
  for (const [data, attribute] of [['text', ''], ['label', 'aria-label'], ['placeholder', 'placeholder']]) {
    for (const place of document.querySelectorAll(`[data-${data}]`)) {
      const text = strings.t(/** @type {string} */ (place.getAttribute(`data-${data}`)));
      if (attribute) place.setAttribute(attribute, text);
      else place.textContent = text;
    }
  }
}
