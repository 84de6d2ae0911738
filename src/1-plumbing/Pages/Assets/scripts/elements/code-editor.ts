/** <code-editor data-language>: an editor in front of its text area, which keeps the value that the form posts. Loaded when first seen. */
export class CodeEditor extends HTMLElement {
  private dispose: (() => void) | undefined;

  connectedCallback(): void {
    const area = this.querySelector('textarea');
    if (area && !this.dataset['ready'])
      void this.enhance(area);
  }

  disconnectedCallback(): void {
    this.dispose?.();
    this.dispose = undefined;
    this.querySelector('.editor-host')?.remove();
    delete this.dataset['ready'];
  }

  private async enhance(area: HTMLTextAreaElement): Promise<void> {
    const { createEditor } = await import('../editor/editor');
    if (!this.isConnected || this.dataset['ready'])
      return;
    const host = document.createElement('div');
    host.className = 'editor-host';
    this.append(host);
    const label = area.labels?.[0];
    const editor = createEditor(host, area, this.dataset['language'] ?? 'yaml', label?.querySelector('span')?.textContent ?? label?.textContent?.trim() ?? 'Code', this.dataset['use']);
    label?.addEventListener('click', event => {
      event.preventDefault();
      editor.focus();
    });
    this.dispose = editor.destroy;
    this.dataset['ready'] = 'true';
    // A hidden required field could not show why it refuses: the server says it instead.
    area.required = false;
  }
}
