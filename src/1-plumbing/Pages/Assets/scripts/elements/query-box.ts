import { suggest, type Schema, type Suggestions } from './query-suggestions';

let boxes = 0;

/** <query-box data-schema>: suggests fields, operators and values while a query is typed. Arrows choose, Enter or Tab takes, Escape closes. */
export class QueryBox extends HTMLElement {
  private readonly list = document.createElement('ul');
  private shown: Suggestions = { from: 0, texts: [] };
  private chosen = -1;
  private schema!: Schema;

  connectedCallback(): void {
    this.schema = JSON.parse(this.dataset.schema ?? '{}') as Schema;
    const input = this.input;
    if (!input || this.list.isConnected)
      return;
    this.list.id = `query-box-${++boxes}`;
    this.list.className = 'query-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Suggestions');
    this.list.hidden = true;
    this.append(this.list);
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-controls', this.list.id);
    input.addEventListener('input', () => this.open());
    input.addEventListener('keydown', event => this.key(event));
    input.addEventListener('blur', () => this.close());
    // Before the blur, which would close the list under the pointer.
    this.list.addEventListener('pointerdown', event => {
      event.preventDefault();
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      if (item)
        this.take([...this.list.children].indexOf(item));
    });
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private open(): void {
    const input = this.input;
    if (!input)
      return;
    this.shown = suggest(input.value.slice(0, input.selectionStart ?? input.value.length), this.schema);
    this.chosen = -1;
    this.list.replaceChildren(...this.shown.texts.map((text, index) => {
      const item = document.createElement('li');
      item.id = `${this.list.id}-${index}`;
      item.setAttribute('role', 'option');
      item.textContent = text;
      return item;
    }));
    this.list.hidden = this.shown.texts.length === 0;
    input.setAttribute('aria-expanded', String(!this.list.hidden));
    this.mark();
  }

  private close(): void {
    this.list.hidden = true;
    this.chosen = -1;
    this.input?.setAttribute('aria-expanded', 'false');
    this.input?.removeAttribute('aria-activedescendant');
  }

  private key(event: KeyboardEvent): void {
    if (event.key === ' ' && event.ctrlKey)
      this.open();
    else if (this.list.hidden && event.key === 'ArrowDown')
      this.open();
    else if (this.list.hidden)
      return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape')
      this.close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && this.chosen >= 0)
      this.take(this.chosen);
    else
      return;
    event.preventDefault();
  }

  private move(step: number): void {
    const count = this.shown.texts.length;
    this.chosen = this.chosen < 0 && step < 0 ? count - 1 : (this.chosen + step + count) % count;
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === this.chosen)));
    const item = this.list.children[this.chosen];
    if (item) {
      this.input?.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else
      this.input?.removeAttribute('aria-activedescendant');
  }

  private take(index: number): void {
    const input = this.input;
    const text = this.shown.texts[index];
    if (!input || text === undefined)
      return;
    const end = input.selectionStart ?? input.value.length;
    const written = /[.(]$/.test(text) ? text : `${text} `;
    input.setRangeText(written, this.shown.from, end, 'end');
    input.focus();
    this.open();
  }
}
