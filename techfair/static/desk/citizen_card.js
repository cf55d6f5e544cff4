/** The code of a citizen card (căn cước công dân): the name is read from it, and nothing else; as visitors/citizen_card.py does. */

const [NUMBER, NAME, FEWEST_FIELDS] = [0, 2, 7]; // newer cards append fields: read by position, ignore the rest

/** The full name on the card, composed; null for any other code. */
export function nameOnCard(text) {
  const fields = text.trim().split("|");
  if (fields.length < FEWEST_FIELDS || !/^\d{12}$/.test(fields[NUMBER].trim())) return null;
  return fields[NAME].normalize("NFC").replaceAll("\0", "").trim().replace(/\s+/g, " ") || null;
}
