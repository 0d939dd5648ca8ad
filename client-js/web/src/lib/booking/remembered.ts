// The ids of what this page holds: with them it goes on after a reload.
const name = 'placette.holds';

export const remembered = {
  ids(): string[] {
    try {
      const ids: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
      return Array.isArray(ids) ? ids.map(String) : [];
    } catch {
      return [];
    }
  },

  keep(ids: readonly string[]): void {
    if (ids.length > 0) sessionStorage.setItem(name, JSON.stringify(ids));
    else this.forget();
  },

  forget(): void {
    sessionStorage.removeItem(name);
  },
};
