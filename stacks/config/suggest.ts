import { distance } from "fastest-levenshtein";

/** How many typing mistakes a word of this length may have and still be recognised. */
const tolerance = (word: string) => Math.max(2, Math.floor(word.length / 3));

const plain = (word: string) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** The known word that somebody most likely meant; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const meant = plain(word);
  if (meant === "") {
    return undefined;
  }
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(meant, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.min(tolerance(word), best.candidate.length - 1) ? best.candidate : undefined;
}

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
