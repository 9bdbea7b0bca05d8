/** Rightkey on a portal's page: a button, and behind it the panel in a frame from the service. See README, "On a portal". */
(() => {
  const script = document.currentScript ?? document.querySelector('script[data-site][src*="widget"]');
  const before = window.Rightkey;
  if (!script || before?.drawn) return;
  const base = new URL('.', script.src);
  const { site, lang, position, scheme = 'auto', accent = '', title = '', greeting = '', questions = '', target } = script.dataset;
  const isInline = target !== undefined;
  const hasLauncher = !isInline && script.dataset.launcher !== 'none';
  const SLOW = 8000, FAILED = 30000, PATIENCE = 15000;
  const FULL = '(max-width:640px),(max-height:500px)';

  const heard = { open: [], close: [], answer: [] };
  const waiting = []; // calls until the page is known to be allowed
  let frame, words, region, launcher, opener, ready, isOpen = false, covered = false, timers = [], forPanel = [];

  const call = (name, value, listener) => {
    const known = name === 'on' ? heard[value] && listener : name === 'ask' ? String(value ?? '').trim() : name === 'open' || name === 'close';
    if (!known) console.warn(`Rightkey: there is no Rightkey("${name}", ${JSON.stringify(value)})`);
    else if (name === 'on') heard[value].push(listener);
    else if (!words) waiting.push([name, value, listener]);
    else if (name === 'open') open();
    else if (name === 'close') close();
    else if (name === 'ask') { open(); tell('ask', { question: String(value) }); }
  };
  window.Rightkey = call;
  call.drawn = true;
  for (const one of before?.q ?? []) call(...one);

  const emit = (name, detail) => heard[name].forEach((listener) => {
    try { listener(detail); } catch (error) { console.error(error); }
  });
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  };
  const icon = (path) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const line = svg.appendChild(document.createElementNS(svg.namespaceURI, 'path'));
    svg.setAttribute('viewBox', '0 0 32 32');
    svg.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    return svg;
  };

  // A shadow tree keeps the page's style out; styles as objects pass a policy that forbids <style>.
  const host = make('rightkey-widget');
  const root = host.attachShadow({ mode: 'open' });
  const box = make('div', { class: 'box', id: 'box', hidden: '', ...(isInline ? {} : { role: 'dialog' }) });
  const state = make('div', { class: 'state', role: 'status', tabindex: '-1' });
  const check = make('iframe', { hidden: '', title: 'Rightkey' });
  root.append(check);

  const style = () => {
    const side = /left|right/.exec(position)?.[0] ?? (words.dir === 'rtl' ? 'left' : 'right');
    const [light, onLight, dark, onDark] = words.accent ? [...words.accent.light, ...words.accent.dark] : ['#0b5c4c', '#fff', '#84d3bb', '#0b1f19'];
    const night = `:host{--a:${dark};--t:${onDark};--p:#141917;--i:#e8ece8;--l:#85908a}`;
    const rules = `
:host{all:initial!important;--a:${light};--t:${onLight};--p:#fbfaf6;--i:#1a201d;--l:#737c76}
${scheme === 'dark' ? night : scheme === 'light' ? '' : `@media(prefers-color-scheme:dark){${night}}`}
:host{${isInline ? 'display:flex!important;height:100%!important;min-height:30rem!important' : 'position:fixed!important;z-index:var(--rightkey-z-index,2147483647)!important;inset:auto!important'}}
[hidden]{display:none!important}
section{display:flex;flex:1}
*{box-sizing:border-box;font:16px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
button{display:inline-flex;align-items:center;gap:10px;min-height:44px;padding:8px 16px;border:2px solid var(--a);border-radius:6px;background:var(--a);color:var(--t);cursor:pointer}
button:focus-visible{outline:3px solid var(--t);outline-offset:-6px}
.launcher{position:fixed;bottom:20px;${side}:20px;min-width:56px;min-height:56px;max-width:calc(100vw - 40px);border-radius:28px;font-weight:600;text-align:start;box-shadow:0 2px 10px #0006}
svg{flex:none;width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.box{${isInline ? 'position:relative;flex:1' : `position:fixed;bottom:88px;${side}:20px;width:400px;height:min(680px,100vh - 108px)`};display:flex;overflow:hidden;border:1px solid var(--l);border-radius:8px;background:var(--p);color:var(--i)${isInline ? '' : ';box-shadow:0 4px 24px #0005'}}
iframe{flex:1;width:100%;border:0}
.state{position:absolute;inset:0;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:16px;padding:24px;background:var(--p);text-align:center}
${isInline ? '' : `@media ${FULL}{.box{inset:0;width:100%;height:100%;height:100dvh;border:0;border-radius:0}.launcher span{display:none}.launcher{padding:14px}}`}
.full .launcher{display:none}
.state:focus{outline:none}
@media print{:host{display:none!important}}`;
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      root.adoptedStyleSheets = [sheet];
    } catch { // an older browser
      root.append(make('style', {}, rules));
    }
  };

  /** Say how far the panel is, or nothing. @param {string} [text] @param {boolean} [failed] */
  const draw = (text, failed) => {
    if (state.contains(root.activeElement)) state.focus(); // what had it is drawn anew
    state.textContent = '';
    state.append(make('span', {}, text ?? ''));
    const add = (word, pressed) => state.appendChild(make('button', { type: 'button' }, word)).addEventListener('click', pressed);
    if (failed) add(words.words.retry, load);
    if (text && !isInline) add(words.words.close, close);
    if (!text && root.activeElement === state) attend();
    state.hidden = !text;
  };
  /** The focus goes into the panel, or, until that is there, to what is said of it. */
  const attend = () => {
    if (!ready) return state.focus();
    frame.focus();
    tell('opened');
  };
  const load = () => {
    timers.forEach(clearTimeout);
    ready = false;
    draw(words.words.loading);
    const fail = () => ready || draw(words.words.failed, true);
    timers = [setTimeout(() => ready || draw(words.words.slow), SLOW), setTimeout(fail, FAILED)];
    if (navigator.onLine === false) return fail();
    const wishes = new URLSearchParams({ title, greeting, scheme, closable: isInline ? 0 : 1 });
    if (words.accent) wishes.set('accent', [...words.accent.light, ...words.accent.dark]);
    questions.split('|').filter((one) => one.trim()).forEach((one) => wishes.append('question', one.trim()));
    const made = make('iframe', { title: title || words.words.name, allow: 'clipboard-write',
      sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads' });
    made.addEventListener('load', () => timers.push(setTimeout(fail, PATIENCE)));
    made.src = `${base}panel?${new URLSearchParams({ site, origin: location.origin, lang: words.lang })}#${wishes}`;
    frame?.remove();
    frame = made;
    box.prepend(frame);
  };
  const tell = (type, more) => {
    if (ready) frame.contentWindow.postMessage({ rightkey: 1, type, ...more }, base.origin);
    else forPanel.push([type, more]);
  };
  /** Where the panel fills the screen nothing behind it is reached, and a phone's keyboard takes its part of the height. */
  const fit = () => {
    if (isInline) return;
    const view = window.visualViewport;
    const full = isOpen && matchMedia(FULL).matches;
    region.classList.toggle('full', full);
    if (full !== covered) document.body.inert = covered = full;
    if (full) box.setAttribute('aria-modal', 'true');
    else box.removeAttribute('aria-modal');
    const shrunk = full && view && view.scale === 1; // who has zoomed in reads on
    box.style.height = shrunk ? `${view.height}px` : '';
    box.style.top = shrunk ? `${view.offsetTop}px` : '';
  };
  /** @param {boolean} [quiet] opened by the page and not by its reader, who may be writing elsewhere */
  const open = (quiet = navigator.userActivation?.isActive === false) => {
    if (!frame) load();
    if (isOpen) return;
    isOpen = true;
    opener = root.activeElement ?? document.activeElement;
    box.hidden = false;
    launcher?.setAttribute('aria-expanded', 'true');
    fit();
    if (!isInline && !quiet) attend();
    emit('open');
  };
  const close = () => {
    if (!isOpen || isInline) return;
    isOpen = false;
    fit();
    box.hidden = true;
    launcher?.setAttribute('aria-expanded', 'false');
    (opener?.isConnected && opener !== document.body && opener !== host ? opener : launcher)?.focus();
    forPanel = [];
    if (ready) tell('closed');
    emit('close');
  };

  const begin = (said) => {
    words = said;
    check.remove();
    style();
    if (accent && !said.accent) console.warn(`Rightkey: data-accent="${accent}" is no colour of the form #0b5c4c`);
    const name = title || said.words.name;
    box.setAttribute('aria-label', name);
    box.append(state);
    region = make('section', { lang: said.lang, dir: said.dir, 'aria-label': name });
    if (hasLauncher) {
      launcher = make('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false', 'aria-controls': 'box', 'aria-label': title || said.words.open },
        icon('M14.8 17.2 27 5M22 10l5 5M17.5 14.5l3.5 3.5M3.5 22a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0'), make('span', {}, title || said.words.open));
      launcher.addEventListener('click', () => (isOpen ? close() : open(false)));
      region.append(launcher);
    }
    region.append(box);
    root.append(region);
    root.addEventListener('keydown', (event) => event.key === 'Escape' && close());
    addEventListener('resize', fit);
    for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, fit);
    addEventListener('online', () => isOpen && !ready && load());
    if (isInline || script.dataset.open !== undefined) open(true);
    for (const [what, value, listener] of waiting.splice(0)) {
      if (what === 'open' || what === 'ask') open(true);
      call(what, value, listener);
    }
  };

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== base.origin || data?.rightkey !== 1) return;
    if (!words && source === check.contentWindow && data.type === 'allowed') begin(data);
    if (!frame || source !== frame.contentWindow) return;
    if (data.type === 'ready') {
      ready = true;
      draw();
      forPanel.splice(0).forEach(([type, more]) => tell(type, more));
    }
    if (data.type === 'close') close();
    if (data.type === 'answer') emit('answer', { outcome: data.outcome });
  });

  const start = () => {
    const place = isInline ? document.querySelector(target) : document.documentElement;
    if (!place) return console.warn(`Rightkey: no element on this page matches data-target="${target}"`);
    const wanted = [lang, document.documentElement.lang, ...navigator.languages].filter(Boolean).join().slice(0, 200);
    check.src = `${base}widget/check?${new URLSearchParams({ site, origin: location.origin, lang: wanted, accent: accent.slice(0, 40) })}`;
    place.append(host);
    setTimeout(() => words || console.warn(
      `Rightkey: no word from ${base.origin} for the site "${site}". Is it paused, is ${location.origin} not among its origins, or does this page's policy lack frame-src ${base.origin}?`), SLOW);
  };
  if (!site) console.warn('Rightkey: data-site is missing on the script');
  else if (document.readyState === 'loading' && isInline) addEventListener('DOMContentLoaded', start);
  else start();
})();
