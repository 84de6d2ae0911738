/** <copy-button data-value>: puts the value on the clipboard and says so for a moment. */
export class CopyButton extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => void this.copy());
  }

  private async copy(): Promise<void> {
    const value = this.dataset['value'] ?? '';
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without https the clipboard is closed to us: let the person copy from a selection.
      this.say('Press Ctrl+C to copy');
      return;
    }
    this.dataset['done'] = '';
    this.say('Copied');
    setTimeout(() => {
      delete this.dataset['done'];
      this.say('');
    }, 2000);
  }

  private say(text: string): void {
    const status = this.querySelector('[role="status"]');
    if (status)
      status.textContent = text;
  }
}
