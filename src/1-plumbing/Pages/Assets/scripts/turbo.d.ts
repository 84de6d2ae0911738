// The part of Turbo that we call; the package ships no types.
declare module '@hotwired/turbo' {
  export const config: { drive: { progressBarDelay: number }; forms: { confirm: (message: string, form: HTMLFormElement, submitter?: HTMLElement) => Promise<boolean> | boolean } };
  export function visit(location: string | URL, options?: { action?: 'advance' | 'replace' | 'restore'; frame?: string }): void;
}
