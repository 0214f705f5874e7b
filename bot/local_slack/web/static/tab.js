// What a tab of this browser is known by, and whether the browser was here before.
const TAB = "yrd-desk/tab";
const TOURED = "yrd-desk/toured";

// The tour of a tab is kept under its mark. Between two pages of the tab the mark lies in its storage; while a page is open it does
// not, so that a tab that is copied gets a mark of its own.
export const tab = taken() ?? crypto.randomUUID();
addEventListener("pagehide", () => tried(() => sessionStorage.setItem(TAB, tab)));
addEventListener("pageshow", taken);

function taken() {
  return tried(() => {
    const left = sessionStorage.getItem(TAB);
    sessionStorage.removeItem(TAB);
    return left;
  });
}

// Says once in the life of a browser that it is its first visit. Of a browser that keeps nothing nobody knows.
export function isFirstVisit() {
  return tried(() => {
    const before = localStorage.getItem(TOURED);
    localStorage.setItem(TOURED, "yes");
    return !before;
  }) ?? false;
}

function tried(work) {
  try {
    return work();
  } catch {
    return null;
  }
}
