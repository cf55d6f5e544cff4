/** Stands in for the browser's storage where that is refused: the same few deeds, as long as the page is open. */
const NAMES = ["devices", "manifests", "names", "claims", "scans", "counts", "notes"];

export class Memory {
  isLost = true; // with the page
  #stores = Object.fromEntries(NAMES.map((name) => [name, new Map()]));

  async get(name, key) {
    return this.#stores[name].get(key);
  }

  async put(name, value, key = value.id) {
    this.#stores[name].set(key, value);
  }

  async delete(name, key) {
    this.#stores[name].delete(key);
  }

  async getAllFromIndex(name, index, of, limit = Infinity) {
    return this.#found(name, of).slice(0, limit);
  }

  async countFromIndex(name, index, of) {
    return this.#found(name, of).length;
  }

  transaction(name) {
    const objectStore = (of) => ({
      get: (key) => this.get(of, key),
      put: (value, key) => this.put(of, value, key),
      delete: (key) => this.delete(of, key),
      getAll: async () => [...this.#stores[of].values()],
    });
    return { objectStore, store: objectStore(name), done: Promise.resolve() };
  }

  /** The rows of a fair or of an exhibitor, or those between two keys of the order in which scans wait. */
  #found(name, of) {
    const rows = [...this.#stores[name].values()];
    if (typeof of === "string") return rows.filter(({ slug, key }) => (slug ?? key) === of);
    const keyOf = ({ slug, is_stuck: isStuck, order }) => [slug, isStuck, order];
    return rows.filter((row) => of.includes(keyOf(row))).sort((one, other) => (one.order < other.order ? -1 : 1));
  }
}

/** Open the browser's storage, or what stands in for it: private windows and strict settings refuse it. */
export async function opened(open) {
  try {
    return await open();
  } catch {
    return new Memory();
  }
}
