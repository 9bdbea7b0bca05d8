/** Read an answer aloud, where the browser has a voice for its language. */

/** @typedef {import('./api.js').Answer} Answer */

/** @param {string | undefined} language */
function voiceFor(language) {
  return speechSynthesis.getVoices().find((voice) => voice.lang.split(/[-_]/)[0] === (language || 'en'));
}

/** @param {Answer} answer */
export function canSpeak(answer) {
  return 'speechSynthesis' in window && answer.statements.some((statement) => voiceFor(statement.language));
}

/** Voices come late in some browsers. @param {() => void} heard */
export function whenVoicesCome(heard) {
  if ('speechSynthesis' in window) speechSynthesis.addEventListener?.('voiceschanged', heard, { once: true });
}

export function isSpeaking() {
  return 'speechSynthesis' in window && (speechSynthesis.speaking || speechSynthesis.pending);
}

/** Stop reading, as when the answer is gone. */
export function silence() {
  if ('speechSynthesis' in window) speechSynthesis.cancel();
}

/**
 * Read the answer, or stop reading. One utterance for each statement: some browsers break off a long one.
 * @param {Answer} answer @param {() => void} ended @returns {boolean} whether it reads now
 */
export function listen(answer, ended) {
  const speaking = isSpeaking();
  silence();
  if (speaking) return false;
  const spoken = answer.statements.flatMap((statement) => {
    const voice = voiceFor(statement.language);
    if (!voice) return [];
    const utterance = new SpeechSynthesisUtterance(statement.text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    return [utterance];
  });
  const last = spoken[spoken.length - 1];
  if (last) last.onend = ended;
  for (const utterance of spoken) {
    utterance.onerror = ended;
    speechSynthesis.speak(utterance);
  }
  return spoken.length > 0;
}
