/** Whether a meeting may lie in a cell, by what the board knows; the server decides again. No page is touched here. */

/**
 * `card`: {id, people, at, where}. `cell`: {slot, row, closed}. `board`: {cards, blocked, ahead, names}.
 * Answers {fits: "yes" | "no" | "here", why, ...what the sentence names}.
 */
export function judge(card, cell, board) {
  const onTable = /^[tb]/.test(cell.row);
  if (cell.slot === card.at && (!onTable || cell.row === card.where)) return { fits: "here", why: "same" };
  if (!board.ahead.has(cell.slot)) return { fits: "no", why: "past" };
  if (onTable && card.where.startsWith("b") && cell.row !== card.where) return { fits: "no", why: "booth" };
  if (onTable && cell.row.startsWith("b") && cell.row !== card.where) return { fits: "no", why: "booth" };
  if (cell.closed) return { fits: "no", why: "closed" };
  const then = board.cards.filter((one) => one.at === cell.slot && one.id !== card.id);
  for (const other of then) {
    const both = other.people.find((id) => card.people.includes(id));
    if (both) return { fits: "no", why: "busy", name: board.names[both], other: other.label };
  }
  const absent = (board.blocked[cell.slot] ?? []).find((id) => card.people.includes(id));
  if (absent) return { fits: "no", why: "blocked", name: board.names[absent] };
  const holder = onTable && then.find((one) => one.where === cell.row);
  if (holder) return { fits: "no", why: "taken", other: holder.label };
  return { fits: "yes", why: "free" };
}

/** A sentence with what it names filled in. */
export function say(words, key, values) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
