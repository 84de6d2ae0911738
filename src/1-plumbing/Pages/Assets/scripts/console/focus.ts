/** After a visit the summary of errors is read first. */
export function focusOnLoad(): void {
  document.addEventListener('turbo:load', () => document.querySelector<HTMLElement>('[data-focus]')?.focus());
  document.addEventListener('turbo:render', () => document.querySelector<HTMLElement>('[data-focus]')?.focus());
}
