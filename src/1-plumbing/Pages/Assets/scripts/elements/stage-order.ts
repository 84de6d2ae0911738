/** <stage-order>: the boxes of a drawn flow can be dragged; where one is dropped, the form inside says so to the server. */
export class StageOrder extends HTMLElement {
  private dragged: HTMLElement | undefined;

  connectedCallback(): void {
    for (const step of this.steps())
      step.querySelector<HTMLElement>('.flow-node')?.setAttribute('draggable', 'true');
    this.addEventListener('dragstart', event => this.start(event));
    this.addEventListener('dragover', event => this.over(event));
    this.addEventListener('drop', event => this.drop(event));
    this.addEventListener('dragend', () => this.end());
  }

  private steps(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('li[data-binding]')];
  }

  private start(event: DragEvent): void {
    this.dragged = (event.target as Element).closest<HTMLElement>('li[data-binding]') ?? undefined;
    if (this.dragged && event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', this.dragged.dataset['binding'] ?? '');
      this.dragged.toggleAttribute('data-dragged', true);
    }
  }

  private over(event: DragEvent): void {
    if (!this.dragged)
      return;
    event.preventDefault();
    const before = this.stepAt(event.clientY);
    for (const step of this.querySelectorAll<HTMLElement>('.flow-map > li'))
      step.toggleAttribute('data-drop', step === (before ?? this.querySelector('.flow-map > li:last-child')));
  }

  /** The step in front of which it would be put; none for the end. */
  private stepAt(y: number): HTMLElement | undefined {
    return this.steps().find(step => {
      const box = step.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
  }

  private drop(event: DragEvent): void {
    const form = this.querySelector<HTMLFormElement>('form[hidden]');
    if (!this.dragged || !form)
      return;
    event.preventDefault();
    const before = this.stepAt(event.clientY);
    const others = this.steps().filter(step => step !== this.dragged);
    const place = before === this.dragged ? this.steps().indexOf(this.dragged) : before ? others.indexOf(before) : others.length;
    if (place === this.steps().indexOf(this.dragged))
      return;
    (form.elements.namedItem('binding') as HTMLInputElement).value = this.dragged.dataset['binding'] ?? '';
    (form.elements.namedItem('place') as HTMLInputElement).value = String(place);
    form.requestSubmit();
  }

  private end(): void {
    this.dragged?.removeAttribute('data-dragged');
    this.dragged = undefined;
    for (const step of this.querySelectorAll('[data-drop]'))
      step.removeAttribute('data-drop');
  }
}
