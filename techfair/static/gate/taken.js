/** What a device knows of a gate once it has taken a manifest in, which tells of single badges only what changed. */

/**
 * What became void joins what stays void, but for those not approved, whom each manifest names; days of its own stand
 * for a badge until they are taken back.
 */
export function taken(before, told) {
  const stays = Object.entries(before?.void ?? {}).filter(([, reason]) => reason !== "not_approved");
  const ended = told.void.map(({ number, reason }) => [number, reason]);
  return { ...told, void: Object.fromEntries([...stays, ...ended]), badge_days: daysOf(before, told) };
}

function daysOf(before, told) {
  const days = { ...before?.badge_days };
  for (const { days: own, badges } of told.badge_days ?? []) for (const badge of badges) days[badge] = own;
  return Object.fromEntries(Object.entries(days).filter(([, own]) => own.length));
}
