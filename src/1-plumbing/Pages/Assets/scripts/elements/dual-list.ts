/** <dual-list>: turns a list of checkboxes into two lists side by side, with a filter above the available ones. */
export class DualList extends HTMLElement {
  connectedCallback(): void {
    const plain = this.querySelector('.dual-plain');
    if (!plain)
      return;
    const items = [...plain.querySelectorAll<HTMLLabelElement>('.dual-item')];
    const available = pane(this.dataset['available'] ?? 'Available');
    const chosen = pane(this.dataset['chosen'] ?? 'Selected');
    const panes = document.createElement('div');
    panes.className = 'dual-panes';
    panes.append(available.box, chosen.box);
    const filter = document.createElement('input');
    filter.type = 'search';
    filter.className = 'control dual-filter';
    filter.placeholder = 'Filter';
    filter.setAttribute('aria-label', `Filter ${available.name}`);
    plain.replaceWith(filter, panes);

    const arrange = () => {
      for (const item of items) {
        const on = item.querySelector('input')?.checked ?? false;
        (on ? chosen : available).list.append(item);
        item.hidden = !on && !item.textContent?.toLowerCase().includes(filter.value.toLowerCase());
      }
      available.count(items.filter(i => !isOn(i)).length);
      chosen.count(items.filter(isOn).length);
    };
    filter.addEventListener('input', arrange);
    filter.addEventListener('keydown', event => {
      // Enter would send the form.
      if (event.key === 'Enter')
        event.preventDefault();
    });
    panes.addEventListener('change', event => {
      arrange();
      // Moving took the focus away; give it back to the box that was pressed.
      (event.target as HTMLElement).focus();
    });
    arrange();
  }
}

const isOn = (item: HTMLLabelElement): boolean => item.querySelector('input')?.checked ?? false;

function pane(name: string) {
  const box = document.createElement('div');
  const title = document.createElement('p');
  title.className = 'dual-title';
  const label = document.createElement('span');
  label.textContent = name;
  const number = document.createElement('span');
  title.append(label, number);
  const list = document.createElement('div');
  list.className = 'dual-list';
  list.setAttribute('role', 'group');
  list.setAttribute('aria-label', name);
  list.tabIndex = 0;
  box.append(title, list);
  return { name, box, list, count: (n: number) => { number.textContent = String(n); } };
}
