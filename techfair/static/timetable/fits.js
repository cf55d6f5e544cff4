/** Whether a meeting may lie in a cell, by what the board knows; the server decides again. No page is touched here. */

/** The meeting that must come on the other side of this one and would not; those of other days count too. */
function outOfOrder(card, cell, board) {
  const { before = [], after = [] } = board.orders[card.id] ?? {};
  const starts = board.starts.get(cell.slot);
  const early = before.find(([at]) => Date.parse(at) >= starts);
  if (early) return { fits: "no", why: "before", other: early[1] };
  const late = after.find(([at]) => Date.parse(at) <= starts);
  return late && { fits: "no", why: "after", other: late[1] };
}

/**
 * `card`: {id, people, at, where}. `cell`: {slot, row, closed}. `board`: {cards, blocked, ahead, names,
 * orders, full, starts}.
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
  const order = outOfOrder(card, cell, board);
  if (order) return order;
  const full = card.at === null && card.people.find((id) => id in board.full);
  if (full) return { fits: "no", why: "full", name: board.names[full], most: board.full[full] };
  const holder = onTable && then.find((one) => one.where === cell.row);
  if (holder) return { fits: "no", why: "taken", other: holder.label };
  return { fits: "yes", why: "free" };
}

/** A sentence with what it names filled in. */
export function say(words, key, values) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
