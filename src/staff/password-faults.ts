/** Shorter ones can be guessed, longer ones only cost us work. */
const LEAST = 12;
const MOST = 200;

/** Words that stand at the top of every list of guesses, and ours. */
const GUESSED =
  /^(?:mot ?de ?passe|motdepasse|password|azerty(?:uiop)?|qwerty(?:uiop)?|jigi(?:semejiri)?|bonjour|bamako|mali|0?123456789?0?|administrateur|admin)+[\d!.@#_-]*$/iu;

/**
 * What is wrong with a new password, in French; undefined when it may be taken.
 * Length counts, not a mixture of signs. Source: NIST SP 800-63B, 5.1.1.
 */
export function passwordFault(
  password: string,
  login: string,
): string | undefined {
  const letters = Array.from(password).length;
  if (letters < LEAST)
    return `Choisissez au moins ${LEAST} caractères: trois ou quatre mots font un bon mot de passe.`;
  if (letters > MOST) return `Choisissez au plus ${MOST} caractères.`;
  if (password.toLowerCase().includes(login.toLowerCase()))
    return 'Le mot de passe ne doit pas contenir votre identifiant.';
  if (new Set(password).size < 5 || GUESSED.test(password))
    return 'Ce mot de passe est trop facile à deviner. Choisissez-en un autre.';
  return undefined;
}
