interface Found { group: string; name: string; detail: string; url: string }

const pause = 120;

/**
 * <command-palette data-url>: Ctrl+K or Cmd+K opens a dialog that finds pages, actions and objects while one types. Arrows choose, Enter opens, Escape closes.
 * Without a script the search inside leads to a page of the same.
 */
export class CommandPalette extends HTMLElement {
  private readonly dialog = document.createElement('dialog');
  private readonly input = document.createElement('input');
  private readonly list = document.createElement('div');
  private readonly status = document.createElement('p');
  private found: Found[] = [];
  private chosen = 0;
  private waiting: number | undefined;
  private asked: AbortController | undefined;
  private readonly open = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey))
      return;
    event.preventDefault();
    this.show();
  };

  connectedCallback(): void {
    document.addEventListener('keydown', this.open);
    if (this.dialog.isConnected)
      return;
    this.build();
    this.append(this.trigger(), this.dialog);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.open);
    this.asked?.abort();
    this.dialog.close();
    // A page that is kept for going back carries no trace of it.
    this.querySelector('.palette-key')?.remove();
    this.dialog.remove();
  }

  private trigger(): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'palette-key';
    button.textContent = /Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K';
    button.setAttribute('aria-label', `${button.textContent}: command palette`);
    button.setAttribute('aria-keyshortcuts', 'Control+K Meta+K');
    button.addEventListener('click', () => this.show());
    return button;
  }

  private build(): void {
    this.dialog.className = 'palette';
    this.dialog.setAttribute('aria-label', 'Command palette');
    this.input.className = 'control';
    this.input.type = 'text';
    this.input.placeholder = 'Find people, applications, flows, pages, actions';
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-label': 'Find', 'aria-autocomplete': 'list', 'aria-expanded': 'true', 'aria-controls': 'palette-list', autocomplete: 'off', spellcheck: 'false' }))
      this.input.setAttribute(name, value);
    this.list.id = 'palette-list';
    this.list.className = 'palette-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Found');
    this.status.className = 'palette-status';
    this.status.setAttribute('role', 'status');
    this.dialog.append(this.input, this.list, this.status);
    this.input.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => void this.ask(), pause);
    });
    this.dialog.addEventListener('keydown', event => this.key(event));
    this.dialog.addEventListener('click', event => {
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option)
        this.take(Number(option.dataset['at']));
      else if (event.target === this.dialog)
        this.dialog.close();
    });
  }

  private show(): void {
    if (this.dialog.open)
      return;
    this.dialog.showModal();
    this.input.select();
    void this.ask();
  }

  private async ask(): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.dataset['url'] ?? ''}?q=${encodeURIComponent(this.input.value.trim())}`, { signal: this.asked.signal, headers: { accept: 'application/json' } });
      if (!answer.ok)
        throw new Error(String(answer.status));
      this.fill(await answer.json() as Found[]);
    } catch (error) {
      if ((error as Error).name !== 'AbortError')
        this.status.textContent = 'The search does not answer. Reload the page.';
    }
  }

  private fill(found: Found[]): void {
    this.found = found;
    this.chosen = 0;
    const groups = new Map<string, HTMLElement>();
    found.forEach((thing, at) => {
      let group = groups.get(thing.group);
      if (!group) {
        group = document.createElement('div');
        group.setAttribute('role', 'group');
        group.setAttribute('aria-label', thing.group);
        const heading = document.createElement('div');
        heading.className = 'palette-group';
        heading.setAttribute('role', 'presentation');
        heading.textContent = thing.group;
        group.append(heading);
        groups.set(thing.group, group);
      }
      group.append(this.option(thing, at));
    });
    this.list.replaceChildren(...groups.values());
    this.list.hidden = found.length === 0;
    this.input.setAttribute('aria-expanded', String(found.length > 0));
    this.status.textContent = found.length === 0 ? 'Nothing found' : `${found.length} found`;
    this.mark();
  }

  private option(thing: Found, at: number): HTMLElement {
    const option = document.createElement('div');
    option.id = `palette-${at}`;
    option.dataset['at'] = String(at);
    option.setAttribute('role', 'option');
    const [name, detail] = [document.createElement('span'), document.createElement('span')];
    name.textContent = thing.name;
    detail.textContent = thing.detail;
    detail.className = 'text-quiet';
    option.append(name, ' ', detail);
    return option;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter')
      this.take(this.chosen);
    else
      return;
    event.preventDefault();
  }

  private move(step: number): void {
    if (this.found.length > 0)
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
    this.mark();
  }

  private mark(): void {
    for (const option of this.list.querySelectorAll('[role=option]'))
      option.setAttribute('aria-selected', String(option.id === `palette-${this.chosen}`));
    const option = this.list.querySelector(`#palette-${this.chosen}`);
    if (option) {
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else
      this.input.removeAttribute('aria-activedescendant');
  }

  private take(at: number): void {
    const thing = this.found[at];
    if (!thing)
      return;
    this.dialog.close();
    // Turbo visits what a link leads to.
    const link = document.createElement('a');
    link.href = thing.url;
    this.append(link);
    link.click();
    link.remove();
  }
}
